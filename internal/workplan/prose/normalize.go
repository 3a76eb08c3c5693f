package prose

// variants bring the many writings of one sign to a single one. Dashes and waves
// become the hyphen that ranges are read with.
var variants = byVariant(map[rune]string{
	' ':  "\t\v\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
	'\n': "\f\u0085\u2028\u2029",
	'-':  "—–―‐‑‒−~∼～〜－─━",
	'“':  "「『〝",
	'”':  "」』〞",
	'[':  "〔【［〖",
	']':  "〕】］〗",
	'、':  "､",
	'。':  "｡",
	':':  "∶︰",
	'%':  "﹪",
	'(':  "﹙",
	')':  "﹚",
	'\'': "‘’",
	'〇':  "○◯",
	'|':  "｜│┃",
	'×':  "✕╳",
})

func byVariant(groups map[rune]string) map[rune]rune {
	t := make(map[rune]rune)
	for to, from := range groups {
		for _, r := range from {
			t[r] = to
		}
	}
	return t
}

func normalized(r rune) rune {
	if r < 0x80 && r != '\t' && r != '\v' && r != '\r' && r != '\f' && r != '~' {
		return r
	}
	if to, ok := variants[r]; ok {
		return to
	}
	if r >= 0xff01 && r <= 0xff5e {
		return r - 0xfee0
	}
	return r
}

// Invisible characters take no part in reading.
func Invisible(r rune) bool {
	return r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u00ad' || r == '\ufeff' || r == '\u2060'
}
