#include "cli/session.h"

static const SinkColumn columns[] = {
    { .name = "id" }, { .name = "published" }, { .name = "source" }, { .name = "place" }, { .name = "title" },
    { .name = "url", .flags = SINK_WIDE }, { .name = "text", .flags = SINK_WIDE },
    { .name = "language", .flags = SINK_WIDE },
};

static bool run(Session *session)
{
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    if (!sink)
        return true;
    Input *input = session_input_open(session);
    Arena arena;
    arena_init(&arena);
    uint64_t n = 0;
    for (Story story = { 0 }; input_next(input, &arena, &story); story = (Story){ 0 }) {
        char day[DATE_TEXT_BYTES];
        if (story.note.len)
            session_detail(session, "%.*s: %.*s", STR_ARG(story.path), STR_ARG(story.note));
        session_note_story(session, &story);
        sink_text(sink, story.id);
        sink_text(sink, story.published == DATE_UNKNOWN ? STR_NONE : str_from(date_format(story.published, day)));
        sink_text(sink, story.source);
        sink_text(sink, story.place);
        sink_text(sink, story.title);
        sink_text(sink, story.url);
        sink_text(sink, story.text);
        sink_text(sink, story.language);
        sink_row_end(sink);
        session_progress(session, ++n, input_bytes(input));
        arena_reset(&arena);
    }
    arena_clear(&arena);
    input_close(input);
    return session_sink_close(session, sink);
}

const CliCommand cmd_read = {
    .name = "read",
    .usage = "[FILE|DIR|-]...",
    .summary = "print stories as they are understood",
    .about = "Prints each story's id, date, source, place, title, text and language: what every later step works on, "
             "and what offsets count in. Of a saved web page that is the article, of a feed each item. With --format jsonl the output can be read in again.",
    .examples = "tracker read story.txt\n"
                "tracker read stories/ --format jsonl -o stories.jsonl\n",
    .max_args = SIZE_MAX,
    .groups = CLI_READS,
    .run = run,
};
