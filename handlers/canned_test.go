package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"agentdesk/desk"
)

// kept are the responses in the store, as Anna may see them.
func (h *house) kept() []desk.CannedResponse {
	h.t.Helper()
	list, err := h.canned.Canned(h.t.Context(), "", agentAnna)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// become gives Anna another role.
func (h *house) become(role string) {
	h.desk.set(func() {
		me := h.desk.board.Me()
		me.Permission = role
		h.desk.board.Reset(desk.Snapshot{Me: me, Agents: []desk.Agent{{ID: agentAnna, Groups: []int{1}}}, Groups: []desk.Group{{ID: 0, Name: "Everybody"}, {ID: 1, Name: "Sales"}, {ID: 2, Name: "Support"}}})
	})
}

func TestCannedIsKept(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.post("/canned/save", "words=%23Hi+%2Fhello&text=Hello+%25name%25%21&for=all").want(t, http.StatusSeeOther)
	list := h.kept()
	if len(list) != 1 || list[0].Private() || strings.Join(list[0].Words, " ") != "hi hello" || list[0].Text != "Hello %name%!" {
		t.Fatalf("kept %+v", list)
	}
	id := list[0].ID
	h.get("/canned?edit="+id).want(t, http.StatusOK, "Hello %name%!", `value="#hi #hello"`)
	h.post("/canned/save", "id="+id+"&words=hi&text=Hello+you&for=all").want(t, http.StatusSeeOther)
	if list := h.kept(); len(list) != 1 || list[0].Text != "Hello you" {
		t.Errorf("changed to %+v", list)
	}
	for name, form := range map[string]string{
		"no text":         "words=hi&text=&for=me",
		"no words":        "words=%23&text=x&for=me",
		"a long text":     "words=hi&for=me&text=" + strings.Repeat("x", desk.MaxCannedText+1),
		"another's group": "words=hi&text=x&for=nobody",
		"broken letters":  "words=hi&text=%ff&for=me",
	} {
		h.script("/canned/save", form).want(t, http.StatusUnprocessableEntity)
		if reply := h.post("/canned/save", form); reply.status != http.StatusUnprocessableEntity || !strings.Contains(reply.body, "<form") {
			t.Errorf("%s: %d", name, reply.status)
		}
	}
	h.script("/canned/save", "id=nothing&words=hi&text=x").want(t, http.StatusNotFound)
	h.script("/canned/delete", "id=nothing").want(t, http.StatusNotFound)
	h.post("/canned/delete", "id="+id).want(t, http.StatusSeeOther)
	if list := h.kept(); len(list) != 0 {
		t.Errorf("left are %+v", list)
	}
}

func TestCannedOfOthersIsLeftAlone(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.become(desk.RoleNormal)
	shared := desk.CannedResponse{ID: "s", Group: desk.EveryGroup, Words: []string{"s"}, Text: "shared"}
	support := desk.CannedResponse{ID: "g", Group: 2, Words: []string{"g"}, Text: "of another group"}
	bens := desk.CannedResponse{ID: "b", Owner: "ben", Group: desk.EveryGroup, Words: []string{"b"}, Text: "of ben"}
	if err := h.canned.PutCanned(t.Context(), "", shared, support, bens); err != nil {
		t.Fatal(err)
	}
	page := h.get("/canned")
	page.want(t, http.StatusOK, "shared")
	if strings.Contains(page.body, "of another group") || strings.Contains(page.body, "of ben") {
		t.Error("Anna sees what is not hers")
	}
	for id, want := range map[string]int{"s": http.StatusForbidden, "g": http.StatusNotFound, "b": http.StatusNotFound} {
		h.script("/canned/delete", "id="+id).want(t, want)
		h.script("/canned/save", "id="+id+"&words=x&text=x&for=me").want(t, want)
	}
	h.script("/canned/save", "words=x&text=x&for=all").want(t, http.StatusForbidden)
	h.script("/canned/take-over", "").want(t, http.StatusForbidden)
	h.script("/canned/save", "words=x&text=mine&for=me").want(t, http.StatusNoContent)
}

func TestCannedInTheChat(t *testing.T) {
	h := newHouse(t, "").signIn()
	r := desk.CannedResponse{ID: "r", Group: desk.EveryGroup, Words: []string{"hi"}, Text: "Hello %NAME%, order %order% is on its way. %agent%"}
	if err := h.canned.PutCanned(t.Context(), "", r); err != nil {
		t.Fatal(err)
	}
	h.get(inChat+"/canned", "X-Desk", "1").want(t, http.StatusOK, `"unfilled":["%order%"]`, `Hello Carla`, `Anna"`)
	h.get(inChat+"/canned").want(t, http.StatusOK, "Carla &lt;b&gt;", `name="insert"`)
	h.post(inChat+"/draft", "insert=r").want(t, http.StatusSeeOther)
	h.script(inChat+"/draft", "insert=nothing").want(t, http.StatusNotFound)
	done := h.desk.commands()
	if d, ok := done[len(done)-1].(desk.KeepDraft); !ok || d.Text != "Hello Carla <b>Customer</b>, order %order% is on its way. Anna" {
		t.Errorf("the draft is %+v", done[len(done)-1])
	}
	if to := h.post(inChat+"/draft", "text=half&next=canned").to(); to != inChat+"/canned" {
		t.Errorf("to choose one goes to %q", to)
	}
}

func TestCannedFiles(t *testing.T) {
	h := newHouse(t, "").signIn()
	r := desk.CannedResponse{ID: "r", Group: desk.EveryGroup, Words: []string{"hi"}, Text: "Here it is"}
	if err := h.canned.PutCanned(t.Context(), "", r); err != nil {
		t.Fatal(err)
	}
	add := func(name string, content []byte) reply {
		return h.upload("/canned/files", url.Values{"id": {"r"}}, map[string][]byte{name: content}, "X-Desk", "1")
	}
	add("terms.pdf", []byte("%PDF")).want(t, http.StatusNoContent)
	add("big.bin", make([]byte, desk.MaxCannedFile+1)).want(t, http.StatusUnprocessableEntity)
	add("2", []byte("2")).want(t, http.StatusNoContent)
	add("3", []byte("3")).want(t, http.StatusNoContent)
	add("4", []byte("4")).want(t, http.StatusUnprocessableEntity)
	files := h.kept()[0].Files
	if len(files) != 3 || files[2].Name != "terms.pdf" || files[2].Size != 4 {
		t.Fatalf("kept %+v", files)
	}
	h.script(inChat+"/events", "custom_id=C9&canned_file="+files[2].ID).want(t, http.StatusNoContent)
	done := h.desk.commands()
	if m, ok := done[len(done)-1].(desk.Send); !ok || m.FileName != "terms.pdf" || m.CustomID != "C9-1" || h.desk.uploads["terms.pdf"] != 4 {
		t.Errorf("sent %+v, uploaded %v", done[len(done)-1], h.desk.uploads)
	}
	h.script(inChat+"/events", "custom_id=C8&canned_file=nothing").want(t, http.StatusNotFound)
	h.script("/canned/files/remove", "id="+files[2].ID).want(t, http.StatusNoContent)
	h.script("/canned/files/remove", "id="+files[2].ID).want(t, http.StatusNotFound)
	if n := len(h.kept()[0].Files); n != 2 {
		t.Errorf("%d files are left", n)
	}
}

func TestCannedImport(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.become(desk.RoleAdministrator)
	bring := func(content string) reply {
		return h.upload("/canned/import", nil, map[string][]byte{"file": []byte(content)}, "X-Desk", "1")
	}
	for name, c := range map[string]struct{ file, says string }{
		"another table":      {"a,b\n1,2\n", "words,text,for"},
		"a row too short":    {"words,text,for\nhi,Hello,me\nbye\n", "Line 3"},
		"no text":            {"words,text,for\nhi,\"Hello\nyou\",me\nbye,,me\n", "Line 4"},
		"an unknown group":   {"words,text,for\nhi,Hello,Nobody\n", "Line 2"},
		"several rows":       {"words,text,for\nhi,Hello,me\nbye\n,Bye,me\nso,So,Nobody\n", "Line 3: This cannot be read.\nLine 4: Write a word that finds it.\nLine 5: "},
		"several entries":    {"[{\"words\":[\"hi\"]},\n{\"word\":[]},\n{\"words\":[\"hi\"],\"text\":\"x\"},\n7]", "Line 1: Write the text of the response.\nLine 2: This cannot be read.\nLine 4: This"},
		"too many to tell":   {"words,text,for\n" + strings.Repeat(",x,me\n", 22), "Line 21: Write a word that finds it.\nand 2 more lines"},
		"no JSON":            {"[{\"words\":", "cannot be read"},
		"a bad entry":        {"[\n{\"words\":[\"hi\"],\"text\":\"x\",\"for\":\"me\"},\n{\"words\":[],\"text\":\"x\"}\n]", "Line 3"},
		"an unknown field":   {"[{\"word\":\"hi\"}]", "Line 1"},
		"nothing at all":     {"", "words,text,for"},
		"words that are odd": {"[{\"words\":\"hi\",\"text\":\"x\"}]", "Line 1"},
	} {
		if reply := bring(c.file); reply.status != http.StatusUnprocessableEntity || !strings.Contains(reply.body, c.says) {
			t.Errorf("%s: %d %q", name, reply.status, reply.body)
		}
		if n := len(h.kept()); n != 0 {
			t.Fatalf("%s: %d were taken all the same", name, n)
		}
	}
	page := h.upload("/canned/import", nil, map[string][]byte{"file": []byte("words,text,for\n,x,me\nhi,<b>,Nobody\n")})
	page.want(t, http.StatusUnprocessableEntity, "Nothing was imported.", "<li dir=\"auto\">Line 2: Write a word that finds it.</li>", "<li dir=\"auto\">Line 3: ")
	bring("\ufeffwords,text,for\r\n#Hi /hello,\"Hello, \"\"you\"\"\r\nthere\",all\r\ncalc,'=1+1,me\r\nsale,Buy,Sales\r\n").want(t, http.StatusNoContent)
	before := h.kept()
	if len(before) != 3 || before[1].Text != "Hello, \"you\"\nthere" || before[0].Text != "=1+1" || before[0].Owner != agentAnna || before[2].Group != 1 {
		t.Fatalf("taken %+v", before)
	}
	csv, json := h.get("/canned/export?format=csv"), h.get("/canned/export?format=json")
	csv.want(t, http.StatusOK, "calc,'=1+1,me")
	json.want(t, http.StatusOK, `"for": "Sales"`)
	for name, file := range map[string]string{"CSV": csv.body, "JSON": json.body} {
		bring(file).want(t, http.StatusNoContent)
		if n := len(h.kept()); n != 3 {
			t.Errorf("%s brought back: %d responses", name, n)
		}
	}
	for _, r := range before {
		h.script("/canned/delete", "id="+r.ID).want(t, http.StatusNoContent)
	}
	bring(json.body).want(t, http.StatusNoContent)
	for i, r := range h.kept() {
		if !r.Same(before[i]) {
			t.Errorf("%+v became %+v", before[i], r)
		}
	}
}

func TestCannedTakenOver(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.post("/canned/take-over", "").want(t, http.StatusSeeOther)
	h.post("/canned/take-over", "").want(t, http.StatusSeeOther)
	list := h.kept()
	if len(list) != 1 || list[0].Text != "Thank you" || strings.Join(list[0].Words, " ") != "thanks" || list[0].Private() {
		t.Errorf("taken %+v", list)
	}
}
