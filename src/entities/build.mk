# The knowledge base: compiled from data/actors by tools/mkactors, linked in as a block and as text.
# Rows in error are left out and printed; tools/check_actors fails on them.
MKACTORS_OBJ = $(B)/tools/mkactors.o $(filter $(B)/src/base/%,$(LIB_OBJ)) $(B)/src/entities/entities_names.o \
    $(addprefix $(B)/src/entities/entities_kb,rows.o make.o trie.o spell.o word.o)
$(B)/mkactors: $(MKACTORS_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(MKACTORS_OBJ) $(LIBS)
$(B)/actors.kb $(B)/actors.tsv &: $(B)/mkactors $(ACTOR_DATA)
	$(B)/mkactors -o $(B)/actors.kb -t $(B)/actors.tsv $(ACTOR_DATA) || [ $$? -eq 1 ]
$(B)/src/entities/entities_kb.o: $(B)/actors.kb $(B)/actors.tsv
CFLAGS_entities_kb = -DKB_BLOCK='"$(B)/actors.kb"' -DKB_TEXT='"$(B)/actors.tsv"'

# Places: packed by tools/mkgazetteer.c, compiled in as it is.
$(B)/src/entities/entities_gazetteer.o: data/places/gazetteer.bin
$(B)/src/entities/entities_pronoun.o: models/pronoun.bin
$(B)/src/entities/entities_gender.o: data/words/given_names.tsv
$(B)/src/entities/entities_atom.o: src/entities/entities_words.inc

test: $(B)/fuzz-actors
