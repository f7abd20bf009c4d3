package extract

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSummaryPicksOfBothSides(t *testing.T) {
	talk := []Line{
		{Name: "Mia", Text: "Hello! My parcel with order 4711 has not arrived. Where is the parcel?"},
		{Name: "Anna", Text: "Hi Mia, one moment please.", Agent: true},
		{Name: "Mia", Text: "ok"},
		{Name: "Anna", Text: "The parcel of order 4711 waits at the depot. It will be delivered on Tuesday.", Agent: true},
		{Name: "Mia", Text: "Thanks."},
	}
	text, ok := Summary(talk)
	if !ok || !strings.HasPrefix(text, Label+"\n") {
		t.Fatalf("summary = %q, %v", text, ok)
	}
	got := strings.Split(text, "\n")[1:]
	want := []string{
		"Mia: My parcel with order 4711 has not arrived.", "Mia: Where is the parcel?",
		"Anna: The parcel of order 4711 waits at the depot.", "Anna: It will be delivered on Tuesday.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("picked %q, want %q", got, want)
	}
	again, _ := Summary(talk)
	if again != text {
		t.Error("the same talk gave another extract")
	}
}

// TestSummaryInventsNothing holds the label to its word: each line is somebody's
// sentence, whole or cut at its end.
func TestSummaryInventsNothing(t *testing.T) {
	for name, text := range map[string]string{
		"one side":    "The invoice 2024.18 of shop.example/orders is wrong. Please send another invoice!",
		"no spaces":   "荷物が届きません。注文番号は4711です。",
		"arabic":      "لم يصل الطرد حتى الآن؟ رقم الطلب 4711.",
		"endless":     strings.Repeat("Endless complaints about parcels ", 100) + ".",
		"many":        strings.Repeat("Again another sentence about parcels. ", 2000),
		"broken utf8": "The parcel \xff\xfe never came to me.",
	} {
		out, ok := Summary([]Line{{Name: "X", Text: text}})
		if !ok {
			t.Errorf("%s: nothing found", name)
			continue
		}
		for _, line := range strings.Split(out, "\n")[1:] {
			said := strings.TrimSuffix(strings.TrimPrefix(line, "X: "), "…")
			if !strings.Contains(strings.Join(strings.Fields(text), " "), said) || utf8.RuneCountInString(said) > maxLength {
				t.Errorf("%s: %q was not said", name, said)
			}
		}
	}
}

func TestSummaryOfNothing(t *testing.T) {
	for _, talk := range [][]Line{nil, {{Name: "X"}}, {{Name: "X", Text: "ok … :-)"}}, {{Name: "X", Text: "\n\n"}}} {
		if text, ok := Summary(talk); ok {
			t.Errorf("%v gave %q", talk, text)
		}
	}
}

func FuzzSummary(f *testing.F) {
	f.Add("Where is it? It is 3.50 … well.", "There.\nNow!")
	f.Fuzz(func(t *testing.T, a, b string) {
		out, ok := Summary([]Line{{Name: "c", Text: a}, {Name: "a", Text: b, Agent: true}})
		if ok == (out == "") || strings.Count(out, "\n") > 2*maxPicked {
			t.Errorf("summary = %q, %v", out, ok)
		}
	})
}
