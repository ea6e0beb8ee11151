# A report in another language is skipped, with the reason, unless its language field says "en".
german="Der Minister von Ruritanien sagte am Dienstag, Graustark habe zwei Gesandte ausgewiesen, die
das Land binnen drei Tagen verlassen sollten. Er nannte die Klage haltlos und versprach eine Antwort,
deren Form der Rat am Freitag bestimmen werde. Die Gesandten reisten noch am Abend ab. In Strelsau
bat man den Herrscher von Syldavien um Vermittlung, der schon einmal Streit zwischen beiden Nachbarn
geschlichtet hatte. Bordurien schwieg. Die Zeitungen der Hauptstadt forderten Vergeltung, nur das Blatt
der Kaufleute mahnte zur Ruhe, weil der Handel bei Zenda ohnehin leide und jede weitere Strafe beiden
Seiten schade, wie der Verband der Reeder am Montag vorgerechnet hatte."
printf '%s\n' "$german" >"$TMP/german.txt"
printf '{"id":"a","lang":"de","text":"Graustark expelled two envoys."}\n' >"$TMP/says.jsonl"
printf '{"id":"b","lang":"en-GB","text":"%s"}\n' "$(printf '%s' "$german" | tr '\n' ' ')" >"$TMP/says_not.jsonl"
for f in german.txt says.jsonl says_not.jsonl; do
    nestor code --format jsonl "$TMP/$f" 2>&1 | sed "s|$TMP/||"
    echo "$f done"
done
