# Help teaches: every command has a usage line, options and examples; man page and completion parse.
nestor --version
for c in $(nestor help | sed -n '/^Commands/,/^$/p' | awk 'NR>1 && $1!="help"{print $1}'); do
    nestor "$c" --help >"$TMP/help" || echo "no help for $c"
    for part in "^Usage: nestor $c" "^Options" "^Examples" "--help"; do
        grep -q -e "$part" "$TMP/help" || echo "nestor $c --help lacks $part"
    done
done
nestor help --completion | bash -n && echo completion parses
nestor help --man | head -n 1
nestor help exit
