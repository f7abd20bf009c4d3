package static

import (
	"bytes"
	"regexp"
	"strconv"

	"agentdesk/words"
)

// WordsName is the asset with what scripts say in a language: "words.pl.js". The
// scripts hold the English texts themselves, so English has none.
func WordsName(code string) string { return "words." + code + ".js" }

var literals = regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`)

// said are the texts that stand in the scripts, among them those of T and N.
func said() []string {
	var out []string
	for _, part := range whole(sideName, bundles[sideName]) {
		body, _ := FS.ReadFile(part)
		for _, l := range literals.FindAll(body, -1) {
			if text, err := strconv.Unquote(string(l)); err == nil {
				out = append(out, text)
			}
		}
	}
	return out
}

// dictionary is a language's catalogue as far as scripts use it.
func dictionary(l *words.Language, keys []string) []byte {
	var b bytes.Buffer
	b.WriteString("globalThis.agentdeskWords = ")
	b.Write(l.JSON(keys))
	b.WriteString(";\n")
	return b.Bytes()
}
