# The whole line of the running sentence, and of an act with a day, a place and a number; what scores give is masked.
printf '%s' "Ruritania's foreign minister said on Tuesday that Graustark had expelled two envoys. Borduria shelled Klow on Monday, killing three people." >"$TMP/r.txt"
nestor code --actors samples/actors.tsv --date 1894-05-16 --source 'Zenda Gazette' --format jsonl "$TMP/r.txt" 2>/dev/null |
    sed 's/"confidence":[0-9.e-]*/"confidence":0/; s/"engine":"[^"]*"/"engine":""/'
