# Nestor. `make` builds ./nestor and build/libnestor.a; `make test` runs the tests; `make help` lists the rest.
CC ?= cc
PKGS = jansson nettle libutf8proc libxxhash sqlite3 zlib libzstd
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wno-unused-parameter -Wvla
STAGES = base read text parse entities events store link analyse
INCS = -Iinclude $(foreach d,base read text parse entities events store link analyse serve cli,-Isrc/$(d)) -Isrc
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(INCS) $(shell pkg-config --cflags $(PKGS)) $(CFLAGS)
LIBS = $(shell pkg-config --libs $(PKGS)) -lpthread -lm
B ?= build

LIB_SRC = $(sort $(foreach d,$(STAGES),$(wildcard src/$(d)/*.c))) src/pipeline.c
CLI_SRC = $(sort $(wildcard src/serve/*.c) $(wildcard src/cli/*.c))
LIB_OBJ = $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ = $(CLI_SRC:%.c=$(B)/%.o)
ACTOR_DATA = $(sort $(wildcard data/actors/*.tsv) $(wildcard data/actors/people/*.tsv))
LEXICON_DATA = $(sort $(wildcard data/lexicon/*.tsv))

all: nestor

nestor: $(B)/nestor
	cp $< $@

$(B)/nestor: $(CLI_OBJ) $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CLI_OBJ) $(B)/libnestor.a $(LIBS)

$(B)/libnestor.a: $(LIB_OBJ)
	rm -f $@ && $(AR) rcs $@ $(LIB_OBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(CFLAGS_$(notdir $*)) -MMD -MP -c -o $@ $<

# Data compiled into the program. Each stage lists its own blobs and generators in src/STAGE/build.mk.
-include $(wildcard src/*/build.mk)
-include $(wildcard $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d))

test: nestor $(B)/test-runner
	test/run.sh

$(B)/test-runner: $(B)/test/runner.o $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libnestor.a $(LIBS)

$(B)/oom: $(B)/test/oom.o $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libnestor.a $(LIBS)

$(B)/embed: examples/embed.c $(B)/libnestor.a
	$(CC) -std=c11 $(WARN) -Iinclude $(CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libnestor.a $(LIBS)

PREFIX ?= /usr/local
install: nestor
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include \
	    $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 nestor $(DESTDIR)$(PREFIX)/bin/nestor
	install -m 644 $(B)/libnestor.a $(DESTDIR)$(PREFIX)/lib/libnestor.a
	install -m 644 include/nestor.h $(DESTDIR)$(PREFIX)/include/nestor.h
	./nestor help --man > $(DESTDIR)$(PREFIX)/share/man/man1/nestor.1
	./nestor help --completion > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/nestor

accept: nestor $(B)/test-runner
	test/run.sh --accept

check:
	sh tools/check.sh

clean:
	rm -rf build build-* nestor

help:
	@echo "make          build ./nestor and build/libnestor.a"
	@echo "make test     run the tests (seconds)"
	@echo "make accept   rewrite the expected output of the tests; the diff is the review"
	@echo "make check    sanitizers, failing allocations, layers, headers, threads (minutes)"
	@echo "make install  nestor, library, header, man page, completion under PREFIX (/usr/local)"
	@echo "make clean    remove what make made"

.PHONY: all install test accept check clean help

.SECONDARY:
