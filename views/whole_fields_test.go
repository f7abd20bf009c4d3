package views

import (
	"strings"
	"testing"

	"agentdesk/desk"
)

// What stands in a field to be changed stands there whole: what was cut for reading
// would be saved so.
func TestFieldsHoldAllThereIs(t *testing.T) {
	name := strings.Repeat("ż", 250)
	pane := samplePane()
	pane.View.Chat.Users[0].Name = name
	if got := pane.edit().Name; got != name {
		t.Errorf("a name of %d bytes became %d: %q", len(name), len(got), got)
	}
	r := desk.CannedResponse{ID: "1", Owner: sampleMe.ID, Text: "Good morning"}
	for _, c := range "abcdefghij" {
		r.Words = append(r.Words, strings.Repeat(string(c), desk.MaxCannedWord))
	}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	html := render(t, cannedForm(CannedPage{Page: page("Canned responses", NavSettings), Edit: r}))
	if !strings.Contains(html, `value="#`+strings.Join(r.Words, " #")+`"`) {
		t.Errorf("words are missing: %s", html)
	}
}
