# The lexicon files, one after the other, compiled into the program.
$(B)/lexicon.tsv: $(LEXICON_DATA)
	@mkdir -p $(@D)
	cat $(LEXICON_DATA) > $@
$(B)/src/events/events_lexicon.o: $(B)/lexicon.tsv
CFLAGS_events_lexicon = -DNST_LEXICON_FILE='"$(B)/lexicon.tsv"'
