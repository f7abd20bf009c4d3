package handlers

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"agentdesk/desk"
)

func TestSend(t *testing.T) {
	big := strings.Repeat("ä", maxText/2) // exactly the limit, in bytes
	cases := []struct {
		name   string
		form   url.Values
		status int
		sent   desk.Send
		words  string
	}{
		{"text", url.Values{"text": {"Hello"}, "custom_id": {"A"}}, 204, desk.Send{ChatID: chatOpen, CustomID: "A", Text: "Hello"}, ""},
		{"note", url.Values{"text": {"psst"}, "visibility": {"agents"}, "custom_id": {"B"}}, 204, desk.Send{ChatID: chatOpen, CustomID: "B", Text: "psst", AgentsOnly: true}, ""},
		{"lines", url.Values{"text": {"a\r\nb"}, "custom_id": {"C"}}, 204, desk.Send{ChatID: chatOpen, CustomID: "C", Text: "a\nb"}, ""},
		{"markup stays text", url.Values{"text": {"<b>x</b>"}, "custom_id": {"D"}}, 204, desk.Send{ChatID: chatOpen, CustomID: "D", Text: "<b>x</b>"}, ""},
		{"at the limit", url.Values{"text": {big}, "custom_id": {"E"}}, 204, desk.Send{ChatID: chatOpen, CustomID: "E", Text: big}, ""},
		{"over the limit", url.Values{"text": {big + "x"}, "custom_id": {"F"}}, 422, desk.Send{}, "up to 16 kB"},
		{"blank", url.Values{"text": {" \n "}, "custom_id": {"G"}}, 422, desk.Send{}, "Write something"},
		{"no id", url.Values{"text": {"x"}}, 422, desk.Send{}, "Load the page again"},
		{"broken text", url.Values{"text": {"\xff"}, "custom_id": {"H"}}, 422, desk.Send{}, "cannot be sent"},
		{"nul", url.Values{"text": {"a\x00b"}, "custom_id": {"I"}}, 422, desk.Send{}, "cannot be sent"},
		{"odd visibility", url.Values{"text": {"x"}, "custom_id": {"J"}, "visibility": {"world"}}, 422, desk.Send{}, "offered"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, "").signIn()
			h.script(inChat+"/events", c.form.Encode()).want(t, c.status, c.words)
			got := h.desk.commands()
			if c.status != 204 {
				if len(got) > 0 {
					t.Errorf("sent %v", got)
				}
				return
			}
			if len(got) != 1 || got[0] != desk.Command(c.sent) {
				t.Errorf("sent %+v, want %+v", got, c.sent)
			}
			h.script(inChat+"/events", c.form.Encode()).want(t, 204)
			if again := h.desk.commands(); len(again) != 1 {
				t.Errorf("the same form twice is %d messages", len(again))
			}
		})
	}
}

func TestARefusedFormKeepsTheText(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.set(func() { h.desk.fail = desk.Fail(desk.Conflict, "This chat is closed. Resume it to write again.") })
	h.post(inChat+"/events", "text=precious+words&visibility=agents&custom_id=KEEP").
		want(t, 409, "This chat is closed", "precious words", `value="KEEP"`)
	h.post(inChat+"/deactivate", "").want(t, 409, "This chat is closed")

	// An id that was used for another text is not given back: it would be refused again.
	h.desk.set(func() {
		h.desk.fail = &desk.Error{Code: desk.Conflict, Text: "This form was already sent with another text. Send it once more if you mean both.", Field: "custom_id"}
	})
	a := h.post(inChat+"/events", "text=precious+words&custom_id=USED")
	a.want(t, 409, "already sent", "precious words", `name="custom_id"`)
	if strings.Contains(a.body, `value="USED"`) {
		t.Error("the form comes back with the id that was used")
	}
}

func TestFiles(t *testing.T) {
	h := newHouse(t, "").signIn()
	form := url.Values{"text": {"look"}, "custom_id": {"F"}, "visibility": {"all"}}
	h.upload(inChat+"/events", form, map[string][]byte{"a.png": bytes.Repeat([]byte("x"), 3<<20)}, "X-Desk", "1").want(t, 204)
	want := []desk.Command{
		desk.Send{ChatID: chatOpen, CustomID: "F", Text: "look"},
		desk.Send{ChatID: chatOpen, CustomID: "F-1", FileURL: "https://files.example/a.png", FileName: "a.png"},
	}
	if got := h.desk.commands(); !slices.Equal(got, want) {
		t.Errorf("sent %+v", got)
	}
	if h.desk.uploads["a.png"] != 3<<20 {
		t.Errorf("uploaded %d bytes", h.desk.uploads["a.png"])
	}
}

func TestFilesThatAreTooMuch(t *testing.T) {
	h := newHouse(t, "").signIn()
	form := url.Values{"text": {""}, "custom_id": {"F"}}
	h.upload(inChat+"/events", form, map[string][]byte{"big.bin": make([]byte, maxFile+1)}, "X-Desk", "1").want(t, 422, "up to 10 MB")
	h.upload(inChat+"/events", form, map[string][]byte{"max.bin": make([]byte, maxFile)}, "X-Desk", "1").want(t, 204)
	many := map[string][]byte{}
	for i := range maxFiles + 1 {
		many[string(rune('a'+i))+".txt"] = []byte("x")
	}
	before := len(h.desk.commands())
	h.upload(inChat+"/events", form, many, "X-Desk", "1").want(t, 422, "At most 10 files")
	if after := len(h.desk.commands()); after != before {
		t.Error("some were sent though all were refused")
	}
}

func TestBodiesAreBounded(t *testing.T) {
	h := newHouse(t, "").signIn()
	long := "tag=" + strings.Repeat("x", maxSmallForm)
	h.script(inChat+"/tags", long).want(t, 413)
	// Without a length in front, too.
	h.ask(http.MethodPost, inChat+"/tags", io.MultiReader(strings.NewReader(long)), "X-Desk", "1").want(t, 413)
	h.ask(http.MethodPost, inChat+"/tags", strings.NewReader("tag=x"), "Content-Type", "text/xml", "X-Desk", "1").want(t, 415)
	h.ask(http.MethodPost, inChat+"/tags", strings.NewReader("tag=%zz"), "X-Desk", "1").want(t, 400)
}

func TestCustomersOfOtherChats(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.script("/customers/customer-2/ban", "chat="+chatOpen+"&days=3").want(t, 404)
	h.script("/customers/anna@example.com", "chat="+chatOpen+"&name=x").want(t, 404)
	h.script("/customers/customer-2/ban", "days=3").want(t, 404)
	h.script(ofCustomer, "chat="+chatOther+"&name=x").want(t, 404)
	if n := h.desk.commands(); len(n) > 0 {
		t.Errorf("carried out: %v", n)
	}
}

func TestTransferToNobody(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.set(func() { h.desk.fail = desk.Fail(desk.Conflict, "Nobody in this group is online.") })
	h.post(inChat+"/transfer", "to=group:0").want(t, 409, "Nobody in this group is online.", `name="force"`)
	h.desk.set(func() { h.desk.fail = nil })
	h.post(inChat+"/transfer", "to=group:0&force=1").want(t, 303)
	if got := h.desk.commands(); len(got) != 1 || got[0] != desk.Command(desk.Transfer{ChatID: chatOpen, Force: true}) {
		t.Errorf("did %+v", got)
	}
}
