package views

import "strings"

// device tells browser and system from a user agent, as far as it is plain;
// otherwise it gives the user agent itself, cut.
func device(ua string) string {
	ua = label(ua)
	if ua == "" {
		return ""
	}
	browser, system := browserOf(ua), systemOf(ua)
	switch {
	case browser != "" && system != "":
		return browser + ", " + system
	case browser != "" || system != "":
		return browser + system
	}
	if len(ua) > 60 {
		return strings.ToValidUTF8(ua[:60], "") + "…"
	}
	return ua
}

func browserOf(ua string) string {
	for _, b := range [...]struct{ mark, name string }{
		{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Version/", "Safari"},
	} {
		_, after, ok := strings.Cut(ua, b.mark)
		if !ok || b.name == "Safari" && !strings.Contains(ua, "Safari/") {
			continue
		}
		n := 0
		for n < len(after) && n < 4 && after[n] >= '0' && after[n] <= '9' {
			n++
		}
		if n == 0 {
			return b.name
		}
		return b.name + " " + after[:n]
	}
	return ""
}

func systemOf(ua string) string {
	for _, s := range [...]struct{ mark, name string }{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(ua, s.mark) {
			return s.name
		}
	}
	return ""
}
