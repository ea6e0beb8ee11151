# who, actors, codes on invented actors; bad rows are named with line and reason, the rest is used.
own="--actors test/actors/own.tsv"
nestor who "Strel" --on 1893 $own
nestor who "Strel" --on 1900 $own | grep unknown
nestor who otto_strel --on 1890 --format jsonl $own
nestor who "Zenda Pact" --on 1880 $own
nestor who BLACK_HAND --on 1892-01-01 $own
nestor actors strel $own --format tsv | grep otto
nestor codes RUR GRK --as cow,gw --on 1880 $own
nestor codes RUR --as cow,iso2 $own --format jsonl
nestor codes --from cow 992 --as iso2 --on 1894 $own
nestor codes RUS --as cow,gw --on 1994 --format csv
echo "nobody:"; nestor who "Nobody At All" $own 2>&1; echo "exit $?"
echo "bad date:"; nestor who RUR --on yesterday 2>&1; echo "exit $?"
echo "bad system:"; nestor codes RUR --as zip 2>&1; echo "exit $?"
printf '#nestor-actors 1 people\nx\tX Y\t-\tking\tQQQ\t1880\n\tno id\nemil_dur\tEmil Dur\t-\tking\tFRA\t1890\t1880\nemil_zwo\tEmil Zwo\t-\tking\tFRA\t1870\t1880\n' >"$TMP/bad.tsv"
echo "bad rows:"; (cd "$TMP" && nestor who "Emil Zwo" --actors bad.tsv 2>&1); echo "exit $?"
