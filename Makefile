# tracker: GNU make.  `make demo` and `make check` work as the first command on a fresh machine; see .ci/deps.

# Yours: set them on the command line or in the environment.
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local

# Ours.  A program called tracker cannot lie beside objects in a folder tracker/, hence obj and bin.
BUILD  := build
PKGS   := sqlite3 libpcre2-8 libpcre2-16 libcjson libxml-2.0 uchardet libarchive
LIBS   := -lcsv -lstemmer -lm -lpthread -lm
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
FLAGS   = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) -iquote tracker -iquote tests -iquote $(BUILD)/gen
ifeq ($(shell uname -s),Darwin)
LIBS   += -liconv
endif

# pkg-config may be installed only by the step $(DEPS)/build: asked once, when the first recipe needs it.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
ALL_CFLAGS = $(FLAGS) $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(SAN)
ALL_LIBS   = $(LDFLAGS) $(PKG_LIBS) $(LIBS) $(LDLIBS)

# Found, not listed: a new module is a new file, and tests/layers.awk knows where it belongs.
SRC       := $(wildcard tracker/*/*.c)
HEADERS   := $(wildcard tracker/*/*.h)
TEST_SRC  := $(wildcard tests/*.c)
FUZZ      := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SRC  := $(filter-out tracker/cli/%,$(SRC))
SCRIPTS   := $(wildcard tests/cli/*.sh) .ci/deps .ci/run

object     = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
OBJ       := $(call object,$(SRC))
LIB_OBJ   := $(filter-out %/cli/main.o,$(OBJ))
TEST_OBJ  := $(call object,$(TEST_SRC))
BENCH_OBJ := $(call object,$(wildcard tests/bench/*.c))
FUZZ_OBJ  := $(call object,$(wildcard tests/fuzz/*.c))
DEPS      := build/deps
SCHEMA    := $(BUILD)/gen/schema.h

# One short line a file; make V=1 shows the commands.
Q   := $(if $(V),,@)
say  = $(if $(V),,@echo '  $(1)')

.PHONY: all check demo run bench lint asan golden install uninstall clean layers $(FUZZ:%=fuzz-%)

all: $(BUILD)/bin/tracker

# ---- programs ------------------------------------------------------------------

$(BUILD)/bin/tracker: $(OBJ)
$(BUILD)/bin/tests: $(TEST_OBJ) $(LIB_OBJ)
$(BUILD)/bin/tests: LIBS += -lcunit
$(BUILD)/bin/bench: $(BENCH_OBJ) $(LIB_OBJ)
$(FUZZ:%=$(BUILD)/bin/replay-%): $(BUILD)/bin/replay-%: $(BUILD)/obj/tests/fuzz/fuzz_%.o \
	$(BUILD)/obj/tests/fuzz/replay.o $(call object,$(FUZZ_SRC))

$(BUILD)/bin/%:
	@mkdir -p $(@D)
	$(call say,LINK $@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(OBJ) $(FUZZ_OBJ) $(BENCH_OBJ): | $(DEPS)/build $(SCHEMA)
$(TEST_OBJ): | $(DEPS)/check

# Characters one by one: ISO C promises string literals of 4095 bytes only, and the schema is longer.
$(SCHEMA): $(sort $(wildcard tracker/record/schema*.sql))
	@mkdir -p $(@D)
	$(call say,SQL $^)
	$(Q)for sql in $^; do \
	  echo "/* Made from $$sql. */"; echo "static const char $$(basename $$sql .sql)_sql[] = {"; \
	  od -An -v -tx1 $$sql | sed "s/ *\([0-9a-f][0-9a-f]\)/'\\\\x\1',/g"; echo '0 };'; done > $@.new
	@mv $@.new $@

# A stamp says that what `build`, `check`, `lint` or `fuzz` needs is installed; in a row, since only one apt-get can run.
$(DEPS)/check: $(DEPS)/build
$(DEPS)/lint $(DEPS)/fuzz: $(DEPS)/check
$(DEPS)/%: .ci/deps
	@CC='$(CC)' FLAGS='$(CPPFLAGS) $(CFLAGS) $(LDFLAGS)' PKGS='$(PKGS)' LIBS='$(LIBS)' sh .ci/deps $*
	@mkdir -p $(@D)
	@touch $@

-include $(patsubst %.o,%.d,$(OBJ) $(TEST_OBJ) $(FUZZ_OBJ) $(BENCH_OBJ))

# ---- use -----------------------------------------------------------------------

demo: all
	@sh tests/cli/demo.sh $(BUILD)/bin/tracker

run: all                             # make run ARGS='scan story.txt'
	@$(BUILD)/bin/tracker $(ARGS)

DATA = $(DESTDIR)$(PREFIX)/share
install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DATA)/man/man1' '$(DATA)/tracker' '$(DATA)/bash-completion/completions'
	install -m 755 $(BUILD)/bin/tracker '$(DESTDIR)$(PREFIX)/bin/tracker'
	install -m 644 tracker/man/tracker.1 '$(DATA)/man/man1/tracker.1'
	install -m 644 tracker/completion/tracker.bash '$(DATA)/bash-completion/completions/tracker'
	cp -R rules reports '$(DATA)/tracker/'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/tracker' '$(DATA)/man/man1/tracker.1' '$(DATA)/bash-completion/completions/tracker'
	rm -rf '$(DATA)/tracker'

clean:
	rm -rf build

# ---- tests -----------------------------------------------------------------------

check: $(BUILD)/bin/tracker $(BUILD)/bin/tests $(FUZZ:%=$(BUILD)/bin/replay-%) layers
	$(BUILD)/bin/tests
	$(BUILD)/bin/tracker rules check
	$(foreach name,$(FUZZ),$(BUILD)/bin/replay-$(name) tests/fuzz/corpus/$(name) &&) :
	sh tests/cli/run.sh $(BUILD)/bin/tracker

# The same in another folder: no object is shared with the normal build.
asan:
	$(MAKE) check BUILD=build/asan CFLAGS='-O1 -g -fno-omit-frame-pointer' \
		SAN='-fsanitize=address,undefined -fno-sanitize-recover=all'

layers:
	awk -f tests/layers.awk $(SRC) $(HEADERS)

golden: all                          # rewrites the output that README.md and fixtures/ show; review it with git diff
	sh tests/cli/readme.sh $(BUILD)/bin/tracker > build/README.md
	mv build/README.md README.md
	sh tests/cli/readme.sh $(BUILD)/bin/tracker rules/README.md > build/README.md
	mv build/README.md rules/README.md
	sh tests/cli/golden.sh $(BUILD)/bin/tracker fixtures

BENCH_CLAIMS ?= 1000000
bench: $(BUILD)/bin/tracker $(BUILD)/bin/bench       # make bench BENCH=stories.jsonl BENCH_CLAIMS=10000000
	$(BUILD)/bin/bench $(BUILD)/bin/tracker $(BUILD)/bench $(BENCH_CLAIMS) $(BENCH)

# Needs clang; `check` replays the same corpus with any compiler.  New inputs stay in build/, crashes too.
$(FUZZ:%=fuzz-%): fuzz-%: $(SCHEMA) | $(DEPS)/fuzz
	@mkdir -p build/fuzz/$*
	clang $(FLAGS) $(PKG_CFLAGS) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o build/fuzz/fuzz-$* \
		tests/fuzz/fuzz_$*.c $(FUZZ_SRC) $(ALL_LIBS)
	build/fuzz/fuzz-$* -max_total_time=$(or $(SECONDS),60) -timeout=10 -artifact_prefix=build/fuzz/$*- \
		build/fuzz/$* tests/fuzz/corpus/$*

# Each header must stand alone; both compilers must be silent.
lint: layers $(SCHEMA) | $(DEPS)/lint
	for header in $(HEADERS); do \
		echo "#include \"$${header#tracker/}\"" | $(CC) $(ALL_CFLAGS) -Werror -fsyntax-only -x c - || exit 1; done
	for compiler in gcc clang; do for file in $(SRC) $(TEST_SRC) $(wildcard tests/fuzz/*.c tests/bench/*.c); do \
		$$compiler $(FLAGS) $(PKG_CFLAGS) -O2 -Werror -c -o /dev/null $$file || exit 1; done; done
	cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem -I tracker -I $(BUILD)/gen -D_POSIX_C_SOURCE=200809L tracker
	mandoc -T lint -W warning tracker/man/tracker.1
	for name in $(patsubst tests/test_%.c,%,$(wildcard tests/test_*.c)); do \
		grep -q "TEST_SUITE($$name)" tests/suites.def || { echo "tests/suites.def lacks $$name"; exit 1; }; done
	shellcheck -e SC2016 $(SCRIPTS)
