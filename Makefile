# Interim: objects by wildcard.
CC ?= cc
CFLAGS ?= -O2 -g
BUILD ?= build
PKGS := sqlite3 libpcre2-16 libpcre2-8 libcjson
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
SRC := $(wildcard tracker/*/*.c)
OBJ := $(SRC:%.c=$(BUILD)/obj/%.o)
LIBS := $(shell pkg-config --libs $(PKGS)) -lcsv -lstemmer -lpthread
ALL_CFLAGS = -std=c11 $(WARN) $(CFLAGS) $(SAN) -MMD -MP -D_POSIX_C_SOURCE=200809L -iquote tracker -iquote $(BUILD)/gen $(shell pkg-config --cflags $(PKGS)) $(CPPFLAGS)
.PHONY: all check clean
all: $(BUILD)/bin/tracker
$(BUILD)/bin/tracker: $(OBJ)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SAN) -o $@ $^ $(LDFLAGS) $(LIBS)
$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
