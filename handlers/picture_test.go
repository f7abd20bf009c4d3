package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"agentdesk/desk"
)

func TestPictures(t *testing.T) {
	gif, text := []byte("GIF89a, so to say"), []byte("<script>alert(1)</script>")
	ben := url.Values{"agent_id": {"ben@example.com"}}
	for _, c := range []struct {
		name   string
		path   string
		fields url.Values
		files  map[string][]byte
		status int
		want   desk.Command
		words  string
	}{
		{"one's own", "/team/picture", nil, map[string][]byte{"a.gif": gif}, 303, desk.SetPicture{AgentID: agentAnna, URL: "https://files.example/a.gif"}, ""},
		{"another's", "/settings/agents/picture", ben, map[string][]byte{"b.gif": gif}, 303, desk.SetPicture{AgentID: "ben@example.com", URL: "https://files.example/b.gif"}, ""},
		{"taken away", "/team/picture", url.Values{"do": {"remove"}}, nil, 303, desk.SetPicture{AgentID: agentAnna}, ""},
		{"no picture", "/team/picture", nil, map[string][]byte{"a.gif": text}, 422, nil, "not a picture"},
		{"an empty file", "/team/picture", nil, map[string][]byte{"a.gif": {}}, 422, nil, "not a picture"},
		{"nothing chosen", "/team/picture", url.Values{"do": {""}}, nil, 422, nil, "Choose one picture"},
		{"two at once", "/team/picture", nil, map[string][]byte{"a.gif": gif, "b.gif": gif}, 422, nil, "Choose one picture"},
		{"too large", "/team/picture", nil, map[string][]byte{"a.gif": append(gif, make([]byte, maxFile)...)}, 422, nil, "too large"},
		{"nobody's", "/settings/agents/picture", nil, map[string][]byte{"a.gif": gif}, 422, nil, "no such agent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, "").signIn()
			h.upload(c.path, c.fields, c.files).want(t, c.status, c.words)
			got := h.desk.commands()
			if c.want == nil && len(got) > 0 || c.want != nil && !slices.Equal(got, []desk.Command{c.want}) {
				t.Errorf("carried out %v", got)
			}
		})
	}
}

// TestAddCustomer: the next page shows who was made; what was refused is kept.
func TestAddCustomer(t *testing.T) {
	h := newHouse(t, "").signIn()
	me := h.desk.board.Me()
	me.Can.AddCustomers = true
	h.desk.board.Reset(desk.Snapshot{Me: me})
	form := "name=Zoe&email=zoe%40x.example&avatar=https%3A%2F%2Fx.example%2Fz.png&field=size&value=M"
	h.post("/customers/add", form).want(t, http.StatusSeeOther)
	got, ok := h.desk.commands()[0].(desk.AddCustomer)
	if !ok || got.Name != "Zoe" || got.Email != "zoe@x.example" || got.Avatar != "https://x.example/z.png" || !slices.Equal(got.Fields, []desk.Field{{Name: "size", Value: "M"}}) {
		t.Errorf("carried out %+v", h.desk.commands())
	}
	h.post("/customers/add", "name=Zoe&avatar=javascript:x&field=size&value=M").want(t, http.StatusUnprocessableEntity,
		"not the address of a picture", `value="Zoe"`, `value="size"`, `value="M"`)
	h.desk.fail = desk.Fail(desk.Conflict, "This chat server cannot do this any more.")
	h.post("/customers/add", form).want(t, http.StatusConflict, "cannot do this any more", `value="zoe@x.example"`)
}
