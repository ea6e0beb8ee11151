# The programs that score and train the text stage; `make` alone builds none of them.
$(B)/text-%: $(B)/train/text_%.o $(B)/libnestor.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
