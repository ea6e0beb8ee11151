# The weights of the sentence splitter, compiled in.
$(B)/src/text/text_sentence.o: models/text_sentence.bin

.PRECIOUS: $(B)/train/%.o

# The programs that score and train the text stage; `make` alone builds none of them.
$(B)/text-%: $(B)/train/text_%.o $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
