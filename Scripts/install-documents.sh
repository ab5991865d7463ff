#!/bin/sh
# install-documents.sh PROGRAMS SHARE: writes the manual and the completions of the programs in the folder
# PROGRAMS below the folder SHARE, where man and the shells look for them.
set -eu

programs=$1
share=$2

"$programs/parley" manual --folder "$share/man"
mkdir -p "$share/bash-completion/completions" "$share/zsh/site-functions" \
    "$share/fish/vendor_completions.d"
for program in parley parleyd; do
    "$programs/$program" --generate-completion-script bash \
        >"$share/bash-completion/completions/$program"
    "$programs/$program" --generate-completion-script zsh >"$share/zsh/site-functions/_$program"
    "$programs/$program" --generate-completion-script fish \
        >"$share/fish/vendor_completions.d/$program.fish"
done
