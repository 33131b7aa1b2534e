"""Other words for axes, also short and in other languages, as the words that a rubric lists."""

from __future__ import annotations

import re

from grader.model.patterns import later

# The beginnings of words, for each English one; those with a full stop are whole words.
_OF_OTHERS = {
    "image": "img. imgs. pic. pics. bild image imagen imágen imagem immagin изображ картин 图像 图片 图",
    "video": "vid. vids. vidéo vídeo film видео 视频",
    "recording": (
        "rec. recs. aufnahme aufzeichnung enregistrement grabaci registro registr gravaç registrazion запис 记录 录音"
    ),
    "batch": (
        "nr. num. no. number nummer numéro número numero номер 编号 sample. samples. example subject person patient"
        " participant instance item."
    ),
    "channel": "ch. chs. chan. chans. sensor kanal kanäl kanael canal canaux canale canali канал 通道",
    "electrode": "elektrode électrode electrodo elettrod eletrodo электрод 电极",
    "time": "instant moment. zeit temps tiempo tempo время 时间",
    "sample": (
        "samp. smp. smpl. tick abtast messwert messpunkt échantillon echantillon muestra amostra campion отсч 采样 样本"
    ),
    "frame": "fr. frm. einzelbild trame fotogram quadro кадр 帧",
    "height": "ht. hgt. vertical höhe hoehe hauteur alto. altura altezza высот 高",
    "width": "wd. wid. horizontal breite largeur ancho anchura largura larghezza ширин 宽",
    "height width": "pixel px.",  # one of the two, whichever
    "row": "line. lines. zeile reihe ligne fila filas. linha riga righe строк 行",
    "column": "col. cols. spalte colonne columna coluna colonna столб 列",
    "colour": "colr. clr. farb couleur cor. cores. colore colori цвет 颜色 色",
    "second": "sec. secs. sek. sekunde seconde segundo secondi секунд 秒",
}
_ENGLISH = [
    (word.rstrip("."), word.endswith("."), english) for english, words in _OF_OTHERS.items() for word in words.split()
]
_COUNTED = later(r"(?<=[^\W\d_])[ -](?:numbers?|no\b\.?|nr\b\.?|num\b\.?|nummer|numéro|número|numero)\s*\Z")
_LATIN = later(r"[^\W\d_]+")


def usual(phrase: str) -> str:
    """The phrase with such words in the usual ones, "eeg-kanal" as "eeg-channel"; all others stay as they are.

    Of "image number" the image is what is counted; a number alone is that of a sample.
    """
    phrase = _COUNTED.sub("", phrase)
    return _LATIN.sub(lambda found: _translated(found[0]), phrase)


def _translated(word: str) -> str:
    fits = [
        (len(other), english)
        for other, whole, english in _ENGLISH
        if (word == other if whole else word.startswith(other) or (not word.isascii() and word.endswith(other)))
    ]
    return max(fits)[1] if fits else word


def are_words(names: list[str]) -> bool:
    """Whether each name is one or two words, and no letter such as an index."""
    return all(_NAME.fullmatch(name) is not None for name in names)


_NAME = re.compile(r"(?:[^\W\d_]{3,}|[^\W\d_a-z]{1,})(?:[ -][^\W\d_]{2,})?")
