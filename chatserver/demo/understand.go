package demo

import (
	"regexp"
	"strings"
)

// meaning is what an agent's words ask for; its value is the list of answers.
type meaning string

const (
	asksOrder   meaning = "r_order"
	asksEmail   meaning = "r_email"
	asksPhoto   meaning = "r_photo"
	asksSize    meaning = "r_size"
	asksAddress meaning = "r_address"
	asksDate    meaning = "r_date"
	asksAny     meaning = "r_yes"
	saysHello   meaning = "r_hello"
	saysBye     meaning = "r_bye"
	states      meaning = "r_more"
)

// signs are looked for in order; those of questions count where something is
// asked or begged for.
var signs = []struct {
	means meaning
	asked bool
	words *regexp.Regexp
}{
	{saysBye, false, regexp.MustCompile(`anything else|\bbye\b|nice (day|evening|weekend)|take care|tschüss|schönen (tag|abend)|sonst noch|miłego|do widzenia|coś jeszcze|buen(a|os)? (día|tarde)|algo más|hasta (luego|pronto)`)},
	{asksPhoto, true, regexp.MustCompile(`photo|picture|screenshot|image|\bfoto|\bbild|zdjęci|imagen`)},
	{asksEmail, true, regexp.MustCompile(`e-?mail|\bmail\b|correo`)},
	{asksOrder, true, regexp.MustCompile(`order|number|bestell|nummer|zamówien|numer|pedido|número`)},
	{asksAddress, true, regexp.MustCompile(`address|street|adresse|straße|adres|ulic|dirección|calle`)},
	{asksSize, true, regexp.MustCompile(`size|chest|measure|tall|größe|umfang|rozmiar|wzrost|talla|pecho`)},
	{asksDate, true, regexp.MustCompile(`when|since|how long|which day|wann|seit|wie lange|kiedy|od kiedy|cuándo|desde`)},
	{asksAny, true, regexp.MustCompile(`\?`)},
	{saysHello, false, regexp.MustCompile(`^(hello|hi|hey|good (morning|afternoon|evening)|welcome|hallo|guten|moin|dzień dobry|witam|cześć|hola|buen)`)},
}

var begs = regexp.MustCompile(`\?|please|could you|can you|may i|i need|tell me|send me|bitte|können sie|brauche|proszę|podać|potrzebuj|por favor|puede|necesito`)

// maxGreeting is how long a text may be that is only a greeting, in bytes.
const maxGreeting = 70

// understand guesses what an agent wants, in the languages that simulated
// customers speak.
func understand(text string) meaning {
	text = strings.ToLower(strings.TrimSpace(text))
	asked := begs.MatchString(text)
	for _, s := range signs {
		if s.asked && !asked || s.means == saysHello && len(text) > maxGreeting {
			continue
		}
		if s.words.MatchString(text) {
			return s.means
		}
	}
	return states
}
