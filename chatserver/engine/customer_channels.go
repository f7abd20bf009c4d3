package engine

import "agentdesk/protocol"

// checkOmnichannel validates a customer's accounts elsewhere.
func checkOmnichannel(o *protocol.Omnichannel) error {
	if o == nil {
		return nil
	}
	if f := o.Facebook; f != nil {
		const at = "omnichannel.fbmessenger."
		if err := required(at+"id", f.ID); err != nil {
			return err
		}
		for _, v := range [][2]string{{"name", f.Name}, {"first_name", f.FirstName}, {"last_name", f.LastName}, {"gender", f.Gender}, {"locale", f.Locale}} {
			if len(v[1]) > maxName {
				return invalid(at+v[0], "is too long")
			}
		}
		if f.ProfilePic != "" && (!webAddress(f.ProfilePic) || len(f.ProfilePic) > maxName*8) {
			return invalid(at+"profile_pic", "must be an http or https address")
		}
	}
	if o.Twilio != nil && !phone.MatchString(o.Twilio.PhoneNumber) {
		return invalid("omnichannel.twilio.phone_number", "must be written like +15551234567 (E.164)")
	}
	return nil
}

// mergeChannels replaces the accounts that are given. The result shares nothing
// that changes.
func mergeChannels(have, more *protocol.Omnichannel) *protocol.Omnichannel {
	out := *more
	if have != nil {
		if out.Facebook == nil {
			out.Facebook = have.Facebook
		}
		if out.Twilio == nil {
			out.Twilio = have.Twilio
		}
	}
	return &out
}
