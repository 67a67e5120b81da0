{{ answers_for_news(published=false) }}
