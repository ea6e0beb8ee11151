# The schema, one file a version, compiled into the program.
$(B)/src/store/store_schema.o: $(wildcard data/schema/*.sql)
