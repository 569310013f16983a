package Greet;
our $VERSION = '1.0';

sub greeting { return "hello from perl"; }

1;
