package views

import (
	"testing"
	"time"

	"agentdesk/desk"
	"agentdesk/words"
)

// Numbers, sizes, hours and lists as each language writes them.
func TestLocales(t *testing.T) {
	const nbsp = "\u00a0"
	afternoon := time.Date(2026, 11, 21, 14, 3, 0, 0, time.UTC)
	for tag, want := range map[string][]string{
		"en": {"12,345", "2.4 MB", "14:03", "2:03 pm", "Ada, Bo", "3 messages"},
		"pl": {"12" + nbsp + "345", "2,4 MB", "14:03", "2:03 PM", "Ada, Bo", "3 wiadomości"},
		"de": {"12.345", "2,4 MB", "14:03", "2:03 PM", "Ada, Bo", "3 Nachrichten"},
		"es": {"12.345", "2,4 MB", "14:03", "2:03 p. m.", "Ada, Bo", "3 mensajes"},
		"ar": {"12,345", "\u20682.4\u2069 ميغابايت", "14:03", "2:03 م", "Ada، Bo", "3 رسائل"},
	} {
		e := Env{Words: words.Find(tag), Zone: time.UTC}
		half := e
		half.Hour12 = true
		got := []string{
			e.Words.Number(12345), e.size(2_400_000), e.clock(afternoon), half.clock(afternoon), e.listed([]string{"Ada", "Bo"}), e.N(3, "%d message", "%d messages"),
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %q, want %q", tag, got[i], want[i])
			}
		}
	}
}

// Why a message was not sent is kept in English and told in the agent's language.
func TestReasonsAreTranslated(t *testing.T) {
	const kept = "The connection was lost before this message was sent. Send it now, or discard it?"
	out := desk.Outgoing{ChatID: "c1", CustomID: "m1", State: desk.Failed, Reason: kept}
	e := Env{Words: words.Find("de")}
	if got, want := e.notSent(out.Reason), "Nicht gesendet: Die Verbindung ging verloren, bevor diese Nachricht gesendet war. Jetzt senden oder verwerfen?"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
