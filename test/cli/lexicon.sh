# A user's lexicon: its frames win, a bad row is named with its line, the rest is used.
cat >"$TMP/my.tsv" <<'END'
#nestor-lexicon 1 frames
gronk	v	ASSAULT	beat	-	A=subj R=obj	-	[Ruritania]A gronked [Graustark]R.
gronk	v	ATTACK	-	-	A=subj R=obj	-	a type that there is not
visit	v	ACCUSE	allege	-	A=subj R=obj	-	[Ruritania]A visited [Graustark]R.
END
printf 'Ruritania gronked Graustark on Monday. The president of Ruritania visited Graustark.\n' >"$TMP/r.txt"
nestor lexicon --lexicon "$TMP/my.tsv" gronk 2>/dev/null | cut -c1-60
nestor code --actors samples/actors.tsv --lexicon "$TMP/my.tsv" --format tsv "$TMP/r.txt" 2>"$TMP/err" | cut -f9,10,20
sed "s|.*/||" "$TMP/err"
nestor lexicon zzz; echo "exit $?"
nestor lexicon expel | grep -c SANCTION
