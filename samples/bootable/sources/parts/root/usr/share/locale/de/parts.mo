Teile
