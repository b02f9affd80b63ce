#!/usr/bin/env bash
# Take the pictures of docs/img anew; needs LibreOffice, Chromium, poppler, Pillow and the fonts of the brand, installed.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
.venv/bin/paraph build joint-declaration your-rights -o "$out" -q

page() { pdftoppm -png -r 110 -f 1 -l 1 -singlefile "$out/$2" "$out/$1"; }
page declaration-en joint-declaration.en.pdf
page declaration-en-fr joint-declaration.en-fr.pdf
page declaration-ar joint-declaration.ar.pdf
page leaflet-en your-rights.en.pdf
pdftoppm -png -r 110 -f 2 -l 2 -singlefile "$out/your-rights.en.pdf" "$out/leaflet-inside"

soffice "-env:UserInstallation=file://$out/office" --headless --convert-to pdf:writer_pdf_Export --outdir "$out/word" \
  "$out/joint-declaration.en.docx" >/dev/null 2>&1
page declaration-word word/joint-declaration.en.pdf
chromium --headless --no-sandbox --hide-scrollbars --window-size=390,844 --force-device-scale-factor=2 \
  --screenshot="$out/declaration-phone.png" "file://$out/joint-declaration.en.html" 2>/dev/null

.venv/bin/python - "$out" <<'PYTHON'
import sys
from pathlib import Path
from PIL import Image, ImageColor, ImageOps

RAMPS = [
    tuple(round(255 + (part - 255) * step / 13) for part in ImageColor.getrgb(colour))
    for colour in ("#1b1c1e", "#565b62", "#1f4e79", "#9c2a10")
    for step in range(14)
]
declarations = (f"declaration-{name}" for name in ("en", "en-fr", "ar", "word", "phone"))
for name in (*declarations, "leaflet-en", "leaflet-inside"):
    picture = Image.open(Path(sys.argv[1]) / f"{name}.png").convert("RGB")
    width = 390 if name.endswith("phone") else 680 if name.startswith("leaflet") else 600
    picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    picture = ImageOps.expand(picture, 1, "#c9ced6")
    if name.startswith("leaflet"):  # its colours are its own
        picture.quantize(96, kmeans=1, dither=Image.Dither.NONE).save(f"docs/img/{name}.png", optimize=True)
        continue
    palette = Image.new("P", (1, 1))
    tints = [colour for _, colour in picture.quantize(24).convert("RGB").getcolors() if min(colour) < 246]
    palette.putpalette(sum(RAMPS + tints, ()))
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(f"docs/img/{name}.png", optimize=True)
PYTHON
ls -l docs/img
