# The weights of the sentence splitter, compiled in.
$(B)/src/text/text_sentence.o: models/text_sentence.bin

.PRECIOUS: $(B)/train/%.o

# The programs that score and train the text stage; `make` alone builds none of them.
$(B)/text-%: $(B)/train/text_%.o $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Fuzz harnesses with a driver of their own: build/fuzz-text -n 1000 samples/*.txt
.PRECIOUS: $(B)/fuzz/%.o
$(B)/fuzz-%: $(B)/fuzz/fuzz_%.o $(B)/fuzz/fuzz_main.o $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

test: $(B)/fuzz-text $(B)/fuzz-read
