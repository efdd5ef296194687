// Filters of the page: words, outlet, first and last day. Everything stays in the page; nothing is sent anywhere.
const field = (name) => document.getElementById(name);
const stories = [...document.querySelectorAll("[data-story]")];
const texts = stories.map((story) => story.textContent.toLowerCase());

function filter() {
  const words = field("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const press = field("press").value;
  const since = field("since").value;
  const until = field("until").value;
  let shown = 0;
  stories.forEach((story, number) => {
    const data = story.dataset;
    const fits =
      words.every((word) => texts[number].includes(word)) &&
      (!press || JSON.parse(data.press).includes(press)) &&
      (!since || (data.last && data.last >= since)) &&
      (!until || (data.first && data.first <= until));
    story.hidden = !fits;
    shown += fits ? 1 : 0;
  });
  field("none").hidden = shown > 0;
}

field("filter").addEventListener("input", filter);
field("filter").addEventListener("submit", (event) => event.preventDefault());
filter();
