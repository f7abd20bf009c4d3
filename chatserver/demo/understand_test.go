package demo

import (
	"testing"
)

func TestUnderstand(t *testing.T) {
	for text, want := range map[string]meaning{
		"Hello, Anna here.":                       saysHello,
		"Could you tell me the order number?":     asksOrder,
		"Which e-mail address did you use?":       asksEmail,
		"Please send me a photo of it":            asksPhoto,
		"What size do you wear?":                  asksSize,
		"What is your new street?":                asksAddress,
		"Since when does it happen?":              asksDate,
		"Have you tried to restart it?":           asksAny,
		"I have refunded it just now.":            states,
		"Is there anything else I can do?":        saysBye,
		"Können Sie mir die Bestellnummer geben?": asksOrder,
		"Proszę o zdjęcie":                        asksPhoto,
		"¿Me puede dar su correo?":                asksEmail,
		"Hi! I have looked at the parcel and it arrived on Monday in our warehouse": states,
	} {
		if got := understand(text); got != want {
			t.Errorf("understand(%q) = %s, want %s", text, got, want)
		}
	}
}

// TestSpeakers: whoever is simulated has words for everything.
func TestSpeakers(t *testing.T) {
	s, err := NewSimulation(nil, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range s.langs {
		groups := map[int]bool{}
		for _, st := range l.stories {
			groups[st.group] = true
		}
		if !groups[GroupSales] || !groups[GroupSupport] {
			t.Errorf("%s has no story for every group", l.code)
		}
		for _, m := range []meaning{asksOrder, asksEmail, asksPhoto, asksSize, asksAddress, asksDate, asksAny, saysHello, saysBye, states, "r_hurry", "r_quit", "r_thanks"} {
			if len(l.words[string(m)]) == 0 {
				t.Errorf("%s has nothing to say for %s", l.code, m)
			}
		}
	}
}
