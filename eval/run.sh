#!/bin/sh
# Every figure of the program against its baseline-able gold, written to eval/results.csv.
# usage: eval/run.sh DATA  (DATA: the folder of corpora; those that are not there are passed over and named)
cd "$(dirname "$0")/.." || exit 2
data=${1:?usage: eval/run.sh DATA}
out=eval/results.csv
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
echo "date,model,task,measure,figure,command" >"$out"
day=$(date -u +%F)
row() { printf '%s,%s,%s,%s,%s,"%s"\n' "$day" "$1" "$2" "$3" "$4" "$5" >>"$out"; }
# The first number after a line's beginning ($2) in file $1.
first() { sed -n "s/^$2 *\(P \)\{0,1\}\([0-9.]*\).*/\2/p" "$1" | head -n 1; }
f1() { grep "^$2" "$1" | head -n 1 | sed -n 's/.*F1 \([0-9.]*\).*/\1/p'; }
for model in accurate fast; do
    run() { # task, gold...
        task=$1; shift
        for f in "$@"; do case $f in --*) continue ;; esac; [ -e "$f" ] || { echo "not there: $f" >&2; return 1; }; done
        timeout 600 ./nestor eval --model $model --task "$task" "$@" >"$tmp/$task" 2>/dev/null
    }
    if run ud "$data/ud/en_ewt-ud-dev.conllu"; then
        for m in Tokens Sentences UPOS XPOS Lemmas UAS LAS CLAS; do
            row $model ud "EWT dev raw $m F1" "$(awk -v m=$m '$1 == m { print $4; exit }' "$tmp/ud")" "nestor eval --task ud en_ewt-ud-dev.conllu"; done; fi
    if run ud "$data/ud/gum_open-ud-dev.conllu"; then
        for m in Sentences UPOS LAS; do row $model ud "GUM open dev raw $m F1" "$(awk -v m=$m '$1 == m { print $4; exit }' "$tmp/ud")" "nestor eval --task ud gum_open-ud-dev.conllu"; done; fi
    if run mentions "$data/events/worked_documents.json"; then
        for m in "precision, type right" "recall of required" F1 "actor ids" "recipient ids" "actor and recipient" modality "first speaker" date place; do
            row $model mentions "worked documents: $(echo "$m" | tr , ' ')" "$(first "$tmp/mentions" "$m")" "nestor eval worked_documents.json"; done; fi
    if run plover "$data/events/PLV_train.tsv"; then
        row $model plover "PLV macro-F1 roots" "$(first "$tmp/plover" 'macro-F1, roots')" "nestor eval --task plover PLV_train.tsv"
        row $model plover "PLV macro-F1 quads" "$(first "$tmp/plover" 'macro-F1, quads')" "nestor eval --task plover PLV_train.tsv"
        row $model plover "PLV type and both actors" "$(first "$tmp/plover" 'type and both actors')" "nestor eval --task plover PLV_train.tsv"; fi
    if run coref "$data/coref/gap-development.tsv"; then
        row $model coref "GAP development F1 (he and she fitted on it; cross-validated: doc/who.md)" "$(f1 "$tmp/coref" all)" "nestor eval --task coref gap-development.tsv"; fi
    if run who --actors test/data/actors.tsv test/who/frozen.marked; then
        row $model who "own frozen set" "$(grep -E '^(all|total)' "$tmp/who" | grep -oE '[01]\.[0-9]+' | head -n 1)" "nestor eval --task who test/who/frozen.marked"; fi
    if run numbers test/numbers/frozen.list; then
        row $model numbers "own sentences: all right" "$(first "$tmp/numbers" 'sentence all right')" "nestor eval --task numbers test/numbers/frozen.list"; fi
    if [ -e "$data/temporal/timebank_aquaint.tar.xz" ] && tar xJf "$data/temporal/timebank_aquaint.tar.xz" -C "$tmp" &&
        run when $(find "$tmp" -name '*.tml'); then
        row $model when "TimeBank and AQUAINT relaxed span F1" "$(f1 "$tmp/when" span)" "nestor eval --task when *.tml"
        row $model when "TimeBank and AQUAINT value F1" "$(f1 "$tmp/when" value)" "nestor eval --task when *.tml"; fi
    for geo in lgl GeoVirus; do
        [ -e "$data/geo/$geo.xml.xz" ] && xzcat "$data/geo/$geo.xml.xz" >"$tmp/$geo.xml" && run where "$tmp/$geo.xml" || continue
        row $model where "$geo span F1" "$(f1 "$tmp/where" span)" "nestor eval --task where $geo.xml"
        row $model where "$geo found and within 161 km" "$(grep -E '161' "$tmp/where" | grep -oE '[01]\.[0-9]+' | head -n 1)" "nestor eval --task where $geo.xml"
        row $model where "$geo found and exact id" "$(grep -iE 'exact' "$tmp/where" | grep -oE '[01]\.[0-9]+' | head -n 1)" "nestor eval --task where $geo.xml"
    done
    if [ -d "$data/../polnear-dev" ] || [ -e "$data/attribution/polnear.tar.xz" ]; then
        tar xJf "$data/attribution/polnear.tar.xz" -C "$tmp" && run says "$tmp/data/dev" &&
        for m in source cue content; do row $model says "PolNeAR dev token F1 $m" "$(f1 "$tmp/says" $m)" "nestor eval --task says polnear/data/dev"; done; fi
done
cat "$out"
