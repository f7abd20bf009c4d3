package engine

import (
	"fmt"
	"slices"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxFormFields bounds a form. The documents give no limit.
const maxFormFields = 100

// Types of form fields: those that are answered in words, by one choice, and the
// rest. Headers and ratings are asked, but not answered as the others are.
var (
	wordFields   = []string{"name", "email", "question", "textarea", "subject"}
	choiceFields = []string{"radio", "select", "group_chooser"}
	otherFields  = []string{"checkbox", "header", "rating"}
)

// checkForm validates a form and a filled form (api guide, section 10).
func checkForm(at string, in protocol.Event) error {
	if err := required(at+".form_id", in.FormID); err != nil {
		return err
	}
	if err := checkID(at+".form_type", in.FormType); err != nil {
		return err
	}
	if in.Fields == nil {
		return invalid(at+".fields", "is required")
	}
	if len(in.Fields) > maxFormFields {
		return invalid(at+".fields", fmt.Sprintf("has more than %d fields", maxFormFields))
	}
	for i, f := range in.Fields {
		if err := checkField(fmt.Sprintf("%s.fields.%d", at, i), f, in.Type == protocol.EventFilledForm); err != nil {
			return err
		}
	}
	return nil
}

func checkField(at string, f protocol.FormField, filled bool) error {
	if !slices.Contains(slices.Concat(wordFields, choiceFields, otherFields), f.Type) {
		return invalid(at+".type", "is no type of form fields")
	}
	if err := checkText(at+".label", f.Label, true); err != nil {
		return err
	}
	if err := checkID(at+".id", f.ID); err != nil {
		return err
	}
	switch {
	case !filled:
		return checkOptions(at, f)
	case f.Type == "checkbox":
		if len(f.Answer) > 0 {
			return invalid(at+".answer", "is not for checkboxes: they have answers")
		}
		return checkChoices(at+".answers", f.Answers)
	case len(f.Answers) > 0:
		return invalid(at+".answers", "is for checkboxes only")
	case len(f.Answer) == 0:
		return nil // a question that was left open
	case slices.Contains(choiceFields, f.Type):
		return checkChoice(at+".answer", f.Answer)
	}
	var text string
	if json.Unmarshal(f.Answer, &text) != nil && slices.Contains(wordFields, f.Type) {
		return invalid(at+".answer", "must be text")
	}
	return checkText(at+".answer", text, false)
}

// checkOptions wants something to choose from where there is a choice. The groups
// of a group chooser may be left to the client.
func checkOptions(at string, f protocol.FormField) error {
	if len(f.Options) > 0 {
		return checkChoices(at+".options", f.Options)
	}
	if f.Type == "radio" || f.Type == "select" || f.Type == "checkbox" {
		return invalid(at+".options", "is required")
	}
	return nil
}

func checkChoices(at string, list jsontext.Value) error {
	if len(list) == 0 {
		return nil
	}
	var choices []jsontext.Value
	if json.Unmarshal(list, &choices) != nil {
		return invalid(at, "must be a list")
	}
	for i, c := range choices {
		if err := checkChoice(fmt.Sprintf("%s.%d", at, i), c); err != nil {
			return err
		}
	}
	return nil
}

// checkChoice takes {id, label} and, for groups, group_id. Ids of options may be
// text or numbers.
func checkChoice(at string, choice jsontext.Value) error {
	var c struct {
		Label   *string        `json:"label"`
		GroupID *int           `json:"group_id"`
		ID      jsontext.Value `json:"id"`
	}
	if choice.Kind() != '{' || json.Unmarshal(choice, &c) != nil {
		return invalid(at, "must be an object with id and label")
	}
	if c.Label == nil || *c.Label == "" {
		return invalid(at+".label", "is required")
	}
	return checkText(at+".label", *c.Label, false)
}
