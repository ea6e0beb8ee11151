# Questions: every word of the language finds, its contrary leaves out; all formats; what cannot be read is said.
C=$TMP/c.nestor
nestor ingest -q -c "$C" --coded test/data/store/lines.jsonl test/data/store/reports.jsonl >/dev/null
ids() { nestor query -c "$C" -n 0 -f csv "$@" 2>/dev/null | tail -n +2 | cut -d, -f1 | sort; }
all=$(ids | wc -l)
echo "all: $all mentions"
for q in actor:GRK recipient:BRD who:GRK says:RUR says:fritz_tarlenheim 'says:Zenda Gazette' type:SANCTION type:SANCTION,ACCUSE mode:expel \
    context:diplomatic sector:GOV modality:asserted stance:denies since:1894-05-20 until:1894-05-19 published:1894-05-16 \
    min-confidence:0.8 'source:Zenda Gazette' report:r1 text:envoys '"two envoys"' envoys actor:borduria place:klow country:SYL \
    said-by:'Ruritanian Wire' context:economic; do
    yes=$(ids "$q" | wc -l) no=$(ids "-$q" | wc -l)
    case $q in text:*|\"*|*' '*|*:*) ;; *) no=$(ids "-text:$q" | wc -l) ;; esac
    echo "$q: $yes; the others: $((all - yes - no)) too few"
done
echo "-- several words"
ids actor:GRK type:SANCTION -report:nothing | wc -l
[ "$(ids actor:GRK type:SANCTION)" = "$(ids type:SANCTION | grep -Fx "$(ids actor:GRK)")" ] && echo "and is and"
nestor query -c "$C" --count actor:GRK
nestor query -c "$C" --count min-confidence:0.87
nestor query -c "$C" --count 'actor:GRK type:SANCTION says:"Zenda Gazette"'
echo "-- formats"
nestor query -c "$C" -n 2 report:r1
nestor query -c "$C" -n 1 -f md report:r1
nestor query -c "$C" -n 1 -f tsv report:r1 2>&1 | cut -f1-9
nestor query -c "$C" -n 1 -f jsonl report:r1 2>&1 | cut -c 1-60
nestor query -c "$C" --by-day -f csv report:r2 2>/dev/null
nestor query -c "$C" -modality:asserted -type:ACCUSE who:BRD 2>&1
nestor show -c "$C" m_0000000000000002; nestor show -c "$C" m_0000000000000006 i_0000000000000001 r1
nestor reports -c "$C" '"border forts"' -f csv 2>&1
nestor reports -c "$C"
nestor reports -c "$C" since:1894-05-17 -f jsonl 2>/dev/null
echo "-- a bar in a cell"
printf '{"id":"bar|id","title":"A | B","text":"Graustark expelled two envoys."}\n' >"$TMP/bar.jsonl"
nestor ingest -q -c "$TMP/bar.nestor" --coded test/data/store/lines.jsonl "$TMP/bar.jsonl" >/dev/null
nestor reports -c "$TMP/bar.nestor" -f md
echo "-- what cannot be read"
for q in bogus:1 type:SANCTON -modality:futur sector:ZZZ since:yesterday '"open' actor: min-confidence:high "x' OR 1=1 --"; do
    nestor query -c "$C" "$q" 2>&1 | grep -v ^Try; done
nestor query -c "$C" --sql "DELETE FROM reports" 2>&1
nestor query -c "$C" --sql "SELECT 1; DELETE FROM reports" 2>&1
nestor reports -c "$C" actor:GRK 2>&1
nestor show -c "$C" m_0000000000000000 2>&1
nestor query actor:GRK 2>&1 | head -n 1
