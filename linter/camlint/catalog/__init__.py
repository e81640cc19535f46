"""What is known of Tencent Cloud's services: look-ups over data that is loaded when named."""
