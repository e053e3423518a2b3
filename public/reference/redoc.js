// What `/redoc` shows: every route, to read. Searching would need a worker that is made of text.
Redoc.init(
  "/api/v1/openapi.json",
  { disableSearch: true, nativeScrollbars: true, hideDownloadButtons: true, hideLoading: true },
  document.getElementById("reference"),
);
