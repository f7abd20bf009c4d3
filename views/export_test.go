package views

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"agentdesk/desk"
)

// exportThreads writes a whole file.
func exportThreads(t *testing.T, w io.Writer, format string, threads ...desk.ArchivedThread) {
	t.Helper()
	f, ok := FindExportFormat(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	x := f.Open(w, ExportOptions{Env: sampleEnv, Agents: sampleAgents, Me: sampleMe, Notes: true, System: true})
	for _, th := range threads {
		if err := x.Thread(th); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.End(""); err != nil {
		t.Fatal(err)
	}
}

func exported(t *testing.T, format string, threads ...desk.ArchivedThread) string {
	t.Helper()
	var b bytes.Buffer
	exportThreads(t, &b, format, threads...)
	return b.String()
}

func TestExportAsTable(t *testing.T) {
	one, two := sampleTranscript().Thread, sampleTranscript().Thread
	two.Users = append([]desk.Person(nil), two.Users...)
	for i := range two.Users {
		if !two.Users[i].Agent {
			two.Users[i].Name = "=HYPERLINK(\"https://evil.example\")"
		}
	}
	text := strings.TrimPrefix(exported(t, "csv", one, two), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	name := func(row []string) string { return row[5] }
	if name(rows[1]) != one.Customer().Name || name(rows[2]) != "'=HYPERLINK(\"https://evil.example\")" {
		t.Errorf("names %q and %q", name(rows[1]), name(rows[2]))
	}
	for i, row := range rows {
		if len(row) != len(csvHead) {
			t.Errorf("row %d has %d cells", i, len(row))
		}
	}
}

func TestExportAsData(t *testing.T) {
	th := sampleTranscript().Thread
	var all struct {
		Conversations []struct {
			ChatID string `json:"chat_id"`
			Events []struct{ ID, Type, Text, Visibility string }
		}
		Complete *bool
	}
	for n := range 3 {
		list := make([]desk.ArchivedThread, n)
		for i := range list {
			list[i] = th
		}
		if err := json.Unmarshal([]byte(exported(t, "json", list...)), &all); err != nil {
			t.Fatal(err)
		}
		if len(all.Conversations) != n || all.Complete == nil || !*all.Complete {
			t.Fatalf("%d of %d conversations, complete %v", len(all.Conversations), n, all.Complete)
		}
	}
	if c := all.Conversations[0]; c.ChatID != th.ChatID || len(c.Events) != len(th.Thread.Events) {
		t.Errorf("%q with %d events", c.ChatID, len(c.Events))
	}
}

func TestExportAsPage(t *testing.T) {
	th := sampleTranscript().Thread
	for _, text := range payloads {
		th.Thread.Events = append(poisonedEvents(text), th.Thread.Events...)
		page := exported(t, "html", th)
		if strings.Contains(page, "<script") || strings.Contains(page, "<img") || !strings.HasSuffix(page, "</body></html>\n") {
			t.Errorf("with %q: %.300s", text, page)
		}
	}
}

// TestExportLeavesOut: what is left out is nowhere in any kind of file.
func TestExportLeavesOut(t *testing.T) {
	th := sampleTranscript().Thread
	note := message("n1", sampleMe.ID, "between us", sampleNow)
	note.AgentsOnly = true
	th.Thread.Events = []desk.Event{message("m1", th.Customer().ID, "hello", sampleNow), note,
		{ID: "s1", Kind: desk.KindSystemText, At: sampleNow, Text: "was transferred"}}
	for _, f := range ExportFormats {
		if f.Name == "csv" { // it counts, and holds no words
			continue
		}
		for _, c := range []struct{ notes, system bool }{{true, true}, {false, true}, {true, false}, {false, false}} {
			var b bytes.Buffer
			x := f.Open(&b, ExportOptions{Env: sampleEnv, Me: sampleMe, Notes: c.notes, System: c.system})
			if err := x.Thread(th); err != nil {
				t.Fatal(err)
			}
			if err := x.End("not whole"); err != nil {
				t.Fatal(err)
			}
			for text, want := range map[string]bool{"hello": true, "between us": c.notes, "was transferred": c.system, "not whole": true} {
				if strings.Contains(b.String(), text) != want {
					t.Errorf("%s with notes %v and system %v: %q is there: %v", f.Name, c.notes, c.system, text, !want)
				}
			}
		}
	}
}
