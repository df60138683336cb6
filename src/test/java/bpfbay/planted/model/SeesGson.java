package bpfbay.planted.model;

import com.google.gson.Gson;

/** Breaks: Gson only in export; model needs Java alone. */
record SeesGson(Gson gson) {}
