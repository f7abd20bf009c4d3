package words

import "testing"

func TestPluralForms(t *testing.T) {
	for _, c := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0 messages"}, {"en", 1, "1 message"}, {"en", 2, "2 messages"},
		{"pl", 1, "1 wiadomość"}, {"pl", 2, "2 wiadomości"}, {"pl", 5, "5 wiadomości"}, {"pl", 22, "22 wiadomości"},
		{"de", 1, "1 Nachricht"}, {"de", 0, "0 Nachrichten"}, {"es", 1, "1 mensaje"}, {"es", 3, "3 mensajes"},
		{"ar", 0, "لا رسائل"}, {"ar", 1, "رسالة واحدة"}, {"ar", 2, "رسالتان"}, {"ar", 3, "3 رسائل"}, {"ar", 11, "11 رسالة"}, {"ar", 100, "100 رسالة"},
	} {
		if got := Find(c.tag).N(c.n, "%d message", "%d messages"); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.tag, c.n, got, c.want)
		}
	}
}

func TestTexts(t *testing.T) {
	pl, ar := Find("pl"), Find("ar")
	var none *Language
	for _, c := range []struct{ got, want string }{
		{none.T("Chats"), "Chats"}, {pl.T("Chats"), "Czaty"},
		{pl.T("No such text: %s", "x"), "No such text: x"}, {none.T("Open #state"), "Open"},
		{ar.T("No such text: %s", "x"), "No such text: \u2068x\u2069"},
		{none.N(2, "%d chat of %s", "%d chats of %s", "Eva"), "2 chats of Eva"},
		{none.T("100 % #plain"), "100 %"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestMatch(t *testing.T) {
	for accept, want := range map[string]string{
		"": "en", "pl": "pl", "de-AT,de;q=0.9,en;q=0.5": "de", "ar-EG": "ar", "es-MX,en": "es", "fr,pl;q=0.5": "pl", "ja": "en", "\x00;;=": "en",
	} {
		if got := Match(accept).Tag; got != want {
			t.Errorf("%q: %s, want %s", accept, got, want)
		}
	}
}

func TestCatalogues(t *testing.T) {
	for _, l := range Languages() {
		if _, _, err := catalogue(l.Tag); err != nil {
			t.Error(err)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 999, "999"}, {"en", 1000, "1,000"}, {"en", -1234567, "-1,234,567"}, {"de", 1000, "1.000"},
		{"pl", 1000, "1000"}, {"pl", 10000, "10\u00a0000"}, {"es", 1234, "1234"}, {"es", 12345, "12.345"}, {"ar", 1234, "1,234"},
	} {
		if got := Find(c.tag).Number(c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.tag, c.n, got, c.want)
		}
	}
	if got := Find("de").T("%d files", 12345); got != "12.345 files" {
		t.Errorf("grouped in a text: %q", got)
	}
	if got := Find("pl").Decimal(1.25); got != "1,2" {
		t.Errorf("decimal: %q", got)
	}
}
