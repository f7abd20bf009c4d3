package static

import (
	"bytes"
	"testing"
)

// What readers need goes; what a browser sees stays.
func TestBareScripts(t *testing.T) {
	for js, want := range map[string]string{
		"// a\n\n/** b\n * c */\nf(\"// not one\"); // goes\n\t  g(`/* nor this */`);\n  /** d */\n  h()\n": "f(\"// not one\");g(`/* nor this */`);h()",
		"const a = 1, b = a + +b - -c;\nlet x\nlet y = a++\n":                                               "const a=1,b=a+ +b- -c;let x\nlet y=a++",
		"return /a [/] \\/ \"b/.test(s) ? x / y / z : typeof /q/g\n":                                        "return/a [/] \\/ \"b/.test(s)?x/y/z:typeof/q/g",
		"const t = `a ${ f(\"}\", `x ${ {a: 1}.a } `) }  b`;  'it\\'s  so'":                                 "const t=`a ${ f(\"}\", `x ${ {a: 1}.a } `) }  b`;'it\\'s  so'",
		"a\n  .then(b)\n  ? c\n  : d\n(e)\n[f]\n":                                                           "a.then(b)?c:d\n(e)\n[f]",
		"a /* x */b\nif (a) // why\n  b()\nelse c()\n}":                                                     "a b\nif(a)\nb()\nelse c()}",
		"x = a\n// b\n": "x=a",
		"":              "",
	} {
		got := string(bare([]byte(js)))
		if got != want {
			t.Errorf("%q\nbecomes %q,\nwant    %q", js, got, want)
		}
		if again := string(bare([]byte(got))); again != got {
			t.Errorf("%q is bare, and becomes %q", got, again)
		}
	}
}

// Whatever a source holds, even half of something, ends.
func FuzzBare(f *testing.F) {
	for _, s := range []string{"`${", "\"\\", "/* a", "/[", "a / b", "`${`${`", "//"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, js []byte) {
		before := bytes.Clone(js)
		if got := bare(js); len(got) > len(js) || !bytes.Equal(before, js) {
			t.Errorf("%q becomes %q", js, got)
		}
	})
}
