Zugaben
