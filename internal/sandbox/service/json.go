// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package service

import (
	"encoding/json"
	"net/http"
)

// WriteJSON answers with a value in the given media type.
func WriteJSON(w http.ResponseWriter, mediaType string, status int, value any) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// Encode encodes one of the sandbox's own values, in which nothing can fail.
func Encode(value any) json.RawMessage {
	encoded, err := json.Marshal(value)
	if err != nil {
		return json.RawMessage("null")
	}
	return encoded
}
