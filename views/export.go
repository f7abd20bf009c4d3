package views

import (
	"bufio"
	"io"

	"agentdesk/desk"
)

// Exporter writes conversations into a file as they are read. Nothing is held
// back but a buffer, so an export of any size costs no more memory than one
// conversation. It is not safe for concurrent use.
type Exporter interface {
	// Thread adds a conversation.
	Thread(t desk.ArchivedThread) error
	// End finishes the file. A note says why it is not whole, "" that it is.
	End(note string) error
}

// ExportOptions say what an export holds. Agents and Me name people who are no
// longer members of a conversation.
type ExportOptions struct {
	Env
	Agents []desk.Agent
	Me     desk.Me
	Notes  bool // with what only agents see
	System bool // with lines about what happened
}

// ExportFormat is a kind of file.
type ExportFormat struct {
	Name string // of the format, and the file's extension
	Type string // its media type
	open func(*bufio.Writer, ExportOptions) Exporter
}

// ExportFormats are the kinds of files, the plainest first.
var ExportFormats = [...]ExportFormat{
	{"txt", "text/plain; charset=utf-8", newTextExport},
	{"html", "text/html; charset=utf-8", newHTMLExport},
	{"csv", "text/csv; charset=utf-8", newCSVExport},
	{"json", "application/json", newJSONExport},
}

// FindExportFormat returns the format of a name; "" is plain text.
func FindExportFormat(name string) (ExportFormat, bool) {
	if name == "" {
		return ExportFormats[0], true
	}
	for _, f := range ExportFormats {
		if f.Name == name {
			return f, true
		}
	}
	return ExportFormat{}, false
}

// Open begins a file. What is written is buffered until each conversation's end.
func (f ExportFormat) Open(w io.Writer, o ExportOptions) Exporter {
	b := bufio.NewWriter(w)
	return flushed{f.open(b, o), b, o}
}

// flushed writes a conversation through, without what is not wanted.
type flushed struct {
	Exporter
	b *bufio.Writer
	o ExportOptions
}

func (f flushed) Thread(t desk.ArchivedThread) error {
	if err := f.Exporter.Thread(f.o.wanted(t)); err != nil {
		return err
	}
	return f.b.Flush()
}

func (f flushed) End(note string) error {
	if err := f.Exporter.End(note); err != nil {
		return err
	}
	return f.b.Flush()
}

// wanted takes out of a conversation what the export leaves out.
func (o ExportOptions) wanted(t desk.ArchivedThread) desk.ArchivedThread {
	if o.Notes && o.System {
		return t
	}
	kept := make([]desk.Event, 0, len(t.Thread.Events))
	for _, ev := range t.Thread.Events {
		if (o.Notes || !ev.AgentsOnly) && (o.System || ev.Spoken() || ev.Kind == desk.KindForm) {
			kept = append(kept, ev)
		}
	}
	t.Thread.Events = kept
	return t
}

// line is an event in words: who said it, empty where it only happened, and
// what.
type line struct{ who, what string }

// lines are a conversation's events in words.
func (o ExportOptions) lines(t desk.ArchivedThread, each func(desk.Event, line) error) error {
	who := people(t.Users, o.Agents, o.Me)
	for _, ev := range t.Thread.Events {
		if err := each(ev, o.inWords(eventOf(o.Env, t.ChatID, "", ev, who(ev.AuthorID)))); err != nil {
			return err
		}
	}
	return nil
}
