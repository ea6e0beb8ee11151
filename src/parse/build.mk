# The parser's loops: optimised, and without fused multiply-add so that all machines agree.
CFLAGS_parse_kernel = -O3 -ffp-contract=off -Wno-psabi
$(B)/src/parse/parse_kernel.o: src/parse/parse_kernel.inc src/parse/build.mk
$(B)/src/parse/parse_model.o: $(wildcard models/*.bin)
