# The parser's loops: optimised, and without fused multiply-add so that all machines agree.
CFLAGS_parse_kernel = -O3 -ffp-contract=off -Wno-psabi
$(B)/src/parse/parse_kernel.o: src/parse/parse_kernel.inc src/parse/build.mk
# The accurate model is compiled in where its file is there.
ifneq ($(wildcard models/accurate.bin),)
CFLAGS_parse_model = -DNST_WITH_ACCURATE
endif
$(B)/src/parse/parse_model.o: $(wildcard models/*.bin)
test: $(B)/fuzz-parse $(B)/fuzz-conllu
