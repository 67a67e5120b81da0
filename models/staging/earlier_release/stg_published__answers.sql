{{ answers_for_news(published=true) }}
