// Draws the reference of the API from its OpenAPI description.
const place = document.getElementById("reference");
place.textContent = "";
window.SwaggerUIBundle({
  url: place.dataset.description,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
