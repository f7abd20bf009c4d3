package static

import "slices"

// sideName is the script of every page but the inbox: that of the inbox, with what
// only other pages need.
const sideName = "side.js"

// whole are the parts that a bundle is made of, with those that it shares.
func whole(name string, parts []string) []string {
	if name == sideName {
		return append(slices.Clone(bundles["desk.js"]), parts...)
	}
	return parts
}
