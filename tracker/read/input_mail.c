#include "read/input_reader.h"

#include <string.h>

/*
 * Mail (RFC 5322 and MIME): one message a file.
 *
 *     Subject: =?utf-8?Q?Toll_stays?=            title "Toll stays"
 *     From: Bay Herald <news@herald.example>     source "Bay Herald"
 *     Content-Type: multipart/alternative ...    the plain part, else the HTML one
 */
enum {
    MAIL_DEPTH = 8,                  /* of parts within parts */
    MAIL_PARTS = 200,
};

typedef struct Part {
    Str type, charset, boundary, encoding;
    Str disposition;
    Str body;                        /* still encoded */
} Part;

typedef struct Mail {
    Arena *arena, *scratch;
    Story *out;
    Part plain, html;                /* the first of each; body.ptr NULL: there is none */
    size_t n_parts;
} Mail;

/* ---- header fields ----------------------------------------------------------------------- */

static Str next_line(Str *rest)
{
    Str line = STR_NONE;
    str_split(rest, '\n', &line);
    if (str_ends(line, STR("\r")))
        line.len--;
    return line;
}

/* "Name" and its colon at the start of a line. */
static size_t name_len(Str line)
{
    size_t len = 0;
    while (len < line.len && line.ptr[len] > ' ' && line.ptr[len] < 127 && line.ptr[len] != ':')
        len++;
    return len > 0 && len < line.len && line.ptr[len] == ':' ? len : 0;
}

static bool probe_mail(Str head)
{
    static const Str first[] = {
        STR_INIT("Delivered-To"), STR_INIT("Return-Path"), STR_INIT("Received"), STR_INIT("From"), STR_INIT("To"),
        STR_INIT("Subject"), STR_INIT("Date"), STR_INIT("MIME-Version"), STR_INIT("Message-ID"), STR_INIT("X-"),
        STR_INIT("Reply-To"), STR_INIT("Content-Type"), STR_INIT("DKIM-Signature"), STR_INIT("Sender"), STR_INIT("ARC-"),
    };
    Str rest = str_trim(head);
    if (str_starts(rest, STR("From ")))          /* as mailboxes have it */
        next_line(&rest);
    int n_fields = 0, n_known = 0;
    while (rest.len) {
        Str line = next_line(&rest);
        if (!str_trim(line).len)
            break;
        if (line.ptr[0] == ' ' || line.ptr[0] == '\t')
            continue;
        size_t len = name_len(line);
        if (!len && rest.ptr)                    /* the last line may be cut */
            return false;
        n_fields += len > 0;
        for (size_t i = 0; i < BASE_COUNT(first); i++)
            n_known += str_starts_nocase((Str){ line.ptr, len }, first[i]) &&
                       (len == first[i].len || str_ends(first[i], STR("-")));
    }
    return n_known >= 2 && n_fields >= 2;
}

/* A field's value, its folded lines joined; STR_NONE. */
static Str field(Str header, const char *name, Arena *arena)
{
    Str wanted = str_from(name), value = STR_NONE;
    bool inside = false;
    while (header.len) {
        Str line = next_line(&header);
        if (inside && line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t')) {
            value = str_printf(arena, "%.*s %.*s", STR_ARG(value), STR_ARG(str_trim(line)));
            continue;
        }
        if (inside)
            break;
        size_t len = name_len(line);
        inside = len == wanted.len && str_equal_nocase((Str){ line.ptr, len }, wanted);
        if (inside)
            value = str_trim((Str){ line.ptr + len + 1, line.len - len - 1 });
    }
    return value;
}

/* charset="utf-8" of a field's value. */
static Str parameter(Str value, Str name)
{
    for (size_t at = 0; at + name.len < value.len; at++) {
        if (!str_equal_nocase((Str){ value.ptr + at, name.len }, name) || value.ptr[at + name.len] != '=')
            continue;
        Str rest = { value.ptr + at + name.len + 1, value.len - at - name.len - 1 };
        if (rest.len && rest.ptr[0] == '"') {
            rest = (Str){ rest.ptr + 1, rest.len - 1 };
            rest.len = str_find(rest, STR("\""), 0);
        } else {
            rest.len = str_find(rest, STR(";"), 0);
        }
        return str_trim(rest);
    }
    return STR_NONE;
}

/* ---- transfer encodings -------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* `word`: as in a header, where _ is a blank. */
static Str decode_quoted(Str text, bool word, Arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        int high = c == '=' && i + 2 < text.len ? hex_digit(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text.ptr[i + 2]) : -1;
        if (low >= 0) {
            out[len++] = (char)(high * 16 + low);
            i += 2;
        } else if (c == '=' && !word) {              /* a soft line end */
            size_t next = i + 1;
            while (next < text.len && (text.ptr[next] == ' ' || text.ptr[next] == '\t' || text.ptr[next] == '\r'))
                next++;
            if (next < text.len && text.ptr[next] == '\n')
                i = next;
            else
                out[len++] = c;
        } else {
            out[len++] = word && c == '_' ? ' ' : c;
        }
    }
    return (Str){ out, len };
}

static Str decode_base64(Str text, Arena *arena)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    uint32_t bits = 0;
    int n_bits = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        const char *digit = text.ptr[i] ? strchr(digits, text.ptr[i]) : NULL;
        if (!digit)
            continue;
        bits = bits << 6 | (uint32_t)(digit - digits);
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[len++] = (char)(bits >> n_bits & 0xFF);
        }
    }
    return (Str){ out, len };
}

/* NUL bytes have no place in text of any charset that mails use. */
static Str without_nul(Str text, Arena *arena)
{
    if (!memchr(text.ptr ? text.ptr : "", '\0', text.len))
        return text;
    char *out = arena_alloc(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i])
            out[len++] = text.ptr[i];
    return (Str){ out, len };
}

/* =?charset?Q?...?= and =?charset?B?...?= words; blanks between two of them do not count. */
static Str decode_words(Str value, Mail *mail)
{
    Str out = STR("");
    for (bool after_word = false; value.len;) {
        size_t open = str_find(value, STR("=?"), 0);
        Str plain = { value.ptr, open }, rest = { value.ptr + open, value.len - open };
        size_t kind = str_find(rest, STR("?"), 2), text = kind + 3, close = str_find(rest, STR("?="), text);
        bool word = close < rest.len && text <= close && rest.ptr[kind + 2] == '?';
        if (!word && rest.len > 1) {
            plain.len += 2;
            rest = (Str){ rest.ptr + 2, rest.len - 2 };
        }
        if (!(after_word && word && !str_trim(plain).len))
            out = str_printf(mail->scratch, "%.*s%.*s", STR_ARG(out), STR_ARG(plain));
        after_word = word;
        if (word) {
            Str charset = { rest.ptr + 2, kind - 2 }, inside = { rest.ptr + text, close - text }, note;
            Str bytes = (rest.ptr[kind + 1] | 32) == 'b' ? decode_base64(inside, mail->scratch)
                                                          : decode_quoted(inside, true, mail->scratch);
            Str decoded = input_decode(without_nul(bytes, mail->scratch), charset, mail->scratch, &note);
            out = str_printf(mail->scratch, "%.*s%.*s", STR_ARG(out), STR_ARG(decoded));
            rest = (Str){ rest.ptr + close + 2, rest.len - close - 2 };
        }
        value = rest;
    }
    return out;
}

/* ---- parts ------------------------------------------------------------------------------------- */

/* Header and body are parted by the first empty line. */
static void split_header(Str message, Str *header, Str *body)
{
    *header = message;
    for (Str rest = message; rest.len;) {
        const char *from = rest.ptr;
        if (str_trim(next_line(&rest)).len)
            continue;
        *header = (Str){ message.ptr, (size_t)(from - message.ptr) };
        *body = rest.ptr ? rest : STR("");
        return;
    }
    *body = STR("");
}

static void read_part(Mail *mail, Str message, int depth);

static void read_parts(Mail *mail, Str body, Str boundary, int depth)
{
    const char *from = NULL;
    Str rest = body;
    while (rest.len && mail->n_parts < MAIL_PARTS) {
        const char *at = rest.ptr;
        Str line = next_line(&rest);
        if (!str_starts(line, STR("--")) || !str_starts((Str){ line.ptr + 2, line.len - 2 }, boundary))
            continue;
        if (from)
            read_part(mail, (Str){ from, (size_t)(at - from) }, depth + 1);
        from = rest.ptr;
        Str tail = { line.ptr + 2 + boundary.len, line.len - 2 - boundary.len };
        if (str_starts(tail, STR("--")))
            return;
    }
    if (from)                                    /* cut off before its last boundary */
        read_part(mail, (Str){ from, (size_t)(body.ptr + body.len - from) }, depth + 1);
}

static void read_part(Mail *mail, Str message, int depth)
{
    Str header, body;
    split_header(message, &header, &body);
    Str type = field(header, "Content-Type", mail->scratch);
    Part part = {
        .type = type, .charset = parameter(type, STR("charset")), .boundary = parameter(type, STR("boundary")),
        .encoding = field(header, "Content-Transfer-Encoding", mail->scratch),
        .disposition = field(header, "Content-Disposition", mail->scratch), .body = body,
    };
    mail->n_parts++;
    bool is_html = str_starts_nocase(type, STR("text/html"));
    bool is_plain = !type.len || str_starts_nocase(type, STR("text/plain"));
    bool attached = str_starts_nocase(part.disposition, STR("attachment"));
    if (part.boundary.len && depth < MAIL_DEPTH)
        read_parts(mail, body, part.boundary, depth);
    else if (!attached && is_plain && !mail->plain.body.ptr)
        mail->plain = part;
    else if (!attached && is_html && !mail->html.body.ptr)
        mail->html = part;
}

static Str decode_body(Mail *mail, const Part *part)
{
    Str bytes = part->body;
    if (str_equal_nocase(part->encoding, STR("quoted-printable")))
        bytes = decode_quoted(bytes, false, mail->scratch);
    else if (str_equal_nocase(part->encoding, STR("base64")))
        bytes = decode_base64(bytes, mail->scratch);
    return input_decode(without_nul(bytes, mail->scratch), part->charset, mail->scratch, &mail->out->note);
}

/* Without the signature behind "-- " and lines quoted from other mails. */
static Str own_lines(Str text, Arena *scratch)
{
    char *out = arena_alloc(scratch, text.len + 1);
    size_t len = 0;
    while (text.len) {
        Str line = next_line(&text);
        if (str_equal(line, STR("-- ")) || str_equal(line, STR("--")))
            break;
        if (line.len && line.ptr[0] == '>')
            continue;
        memcpy(out + len, line.len ? line.ptr : "", line.len);
        len += line.len;
        out[len++] = '\n';
    }
    return (Str){ out, len };
}

static bool take_body(Mail *mail)
{
    if (mail->plain.body.ptr &&
        input_take_text(own_lines(decode_body(mail, &mail->plain), mail->scratch), false, mail->arena, mail->scratch, mail->out))
        return true;
    return mail->html.body.ptr &&
           input_take_text(decode_body(mail, &mail->html), true, mail->arena, mail->scratch, mail->out);
}

/* "Bay Herald" <news@herald.example>: the name, else the address. */
static Str sender(Str from)
{
    size_t open = str_find(from, STR("<"), 0);
    Str name = str_trim((Str){ from.ptr, open });
    if (name.len > 1 && name.ptr[0] == '"' && str_ends(name, STR("\"")))
        name = str_trim((Str){ name.ptr + 1, name.len - 2 });
    if (name.len || open == from.len)
        return name;
    return (Str){ from.ptr + open + 1, str_find(from, STR(">"), open) - open - 1 };
}

/* "From ada@x.example Mon Mar  3 10:00:00 2025": the line before each mail of a mailbox; text that is like it has a >. */
static bool is_mailbox_line(Str line)
{
    line = str_trim(line);
    if (!str_starts(line, STR("From ")) || line.len < 20)
        return false;
    for (size_t i = line.len - 4; i < line.len; i++)
        if (line.ptr[i] < '0' || line.ptr[i] > '9')
            return false;
    return true;
}

/* The first mail of what is left of a mailbox; of anything else all. */
static Str next_message(Str *left)
{
    Str message = *left, rest = *left, first = next_line(&rest);
    bool blank = false;
    if (!str_starts(first, STR("From "))) {
        *left = STR_NONE;
        return message;
    }
    message = rest;
    while (rest.len) {
        const char *at = rest.ptr;
        Str line = next_line(&rest);
        if (blank && is_mailbox_line(line)) {
            *left = (Str){ at, (size_t)(left->ptr + left->len - at) };
            message.len = (size_t)(at - message.ptr);
            return message;
        }
        blank = !str_trim(line).len;
    }
    *left = STR_NONE;
    return message;
}

/* A page that a browser saved as one file is a mail in form only. */
static bool take_saved_page(Mail *mail, Str header, Error *err)
{
    Str note, url = field(header, "Snapshot-Content-Location", mail->scratch);
    url = without_nul(input_decode(url, STR_NONE, mail->scratch, &note), mail->scratch);
    if (!input_take_whole_page(decode_body(mail, &mail->html), mail->arena, mail->scratch, mail->out, err))
        return false;
    if (!mail->out->url.len && url.len)
        mail->out->url = str_copy(mail->arena, url);
    return true;
}

static bool take_mail(Mail *mail, Str header, Error *err)
{
    Arena *arena = mail->arena, *scratch = mail->scratch;
    Story *out = mail->out;
    if (!take_body(mail))
        return error_set(err, ERR_INPUT, NULL, 0, 0, "is a mail without text");
    Str note, title = field(header, "Subject", scratch), from = field(header, "From", scratch);
    title = str_trim(decode_words(without_nul(input_decode(title, STR_NONE, scratch, &note), scratch), mail));
    from = decode_words(without_nul(input_decode(from, STR_NONE, scratch, &note), scratch), mail);
    out->title = title.len ? str_copy(arena, title) : STR_NONE;
    out->source = sender(from).len ? str_copy(arena, sender(from)) : STR_NONE;
    return true;
}

static InputResult next_mail(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    Str **left = (Str **)input_stream_state(stream), header, body;
    if (!*left) {
        Str bytes;
        InputResult result = input_stream_rest(stream, &bytes, err);
        if (result != INPUT_OK)
            return result;
        while (bytes.len && (bytes.ptr[0] <= ' ' && bytes.ptr[0] >= 0))
            bytes = (Str){ bytes.ptr + 1, bytes.len - 1 };
        *left = ARENA_NEW(input_stream_memory(stream), Str);
        **left = bytes;
    }
    if (!(*left)->len)
        return INPUT_END;

    Arena *scratch = input_stream_scratch(stream);
    arena_reset(scratch);
    *out = (Story){ .published = DATE_UNKNOWN, .note = input_stream_note(stream) };
    Mail mail = { .arena = arena, .scratch = scratch, .out = out };
    Str message = next_message(*left);
    split_header(message, &header, &body);
    read_part(&mail, message, 0);
    bool saved = mail.html.body.ptr && field(header, "Snapshot-Content-Location", scratch).len;
    if (!(saved ? take_saved_page : take_mail)(&mail, header, err))
        return INPUT_BAD;
    Str day = saved ? STR_NONE : field(header, "Date", scratch);         /* when it was saved tells nothing */
    if (day.len && !date_parse_stamp(day, &out->published))
        date_find(day, &out->published, &(size_t){ 0 });
    return INPUT_OK;
}

const InputReader input_mail = { .name = "mail", .probe = probe_mail, .next = next_mail };
